// @ts-check
import { is, nested } from './blocks.mjs';

/** @typedef {import('./blocks.mjs').Body} Body */

/** What runs: services, tasks, containers. */

const LOOKS_SECRET = /SECRET|PASSWORD|TOKEN|KEY(?!_?ID)|CREDENTIAL/;
/** Names that look like it, and hold a time in milliseconds. */
const HARMLESS = new Set(['KEEP_ALIVE_TIMEOUT_MS']);

/** Whether an object describes a container, or a part of one that others are merged into. */
const isContainer = (/** @type {Body} */ object) =>
  'readonlyRootFilesystem' in object || 'privileged' in object || 'essential' in object;

/** Whether a service has clients behind a balancer; releases leave others to Terraform. */
const isBalanced = (/** @type {Body} */ body) => nested(body, 'load_balancer').length > 0;

/** @type {readonly import('./rules.mjs').Rule[]} */
export const serviceRules = [
  {
    about: 'A9: tasks that do not start are rolled back',
    type: 'aws_ecs_service',
    problems: ({ body }) => [
      !nested(body, 'deployment_circuit_breaker').some(
        ({ enable, rollback }) => is(enable, true) && is(rollback, true),
      ) && 'needs deployment_circuit_breaker with enable and rollback',
    ],
  },
  {
    about: 'A9: a bad release is rolled back, and takes no capacity away',
    type: 'aws_ecs_service',
    problems: ({ body }) =>
      isBalanced(body)
        ? [
            !nested(body, 'alarms').some(
              ({ enable, rollback, alarm_names: names }) =>
                is(enable, true) && is(rollback, true) && names?.length > 0,
            ) && 'needs alarms with enable and rollback',
            !is(body.deployment_minimum_healthy_percent, 100) &&
              'deployment_minimum_healthy_percent must be 100',
            !is(body.deployment_maximum_percent, 200) && 'deployment_maximum_percent must be 200',
            !body.health_check_grace_period_seconds && 'needs health_check_grace_period_seconds',
          ]
        : [],
  },
  {
    about: 'A10: Terraform and releases do not fight',
    type: 'aws_ecs_service',
    problems: ({ source, body }) => {
      if (source === 'state' || !isBalanced(body)) return [];
      const ignored = JSON.stringify(nested(body, 'lifecycle')[0]?.ignore_changes ?? []);
      return ['task_definition', 'desired_count'].map(
        (name) =>
          !ignored.includes(name) && `ignore_changes must have ${name}: releases and autoscaling own it`,
      );
    },
  },
  {
    about: 'tasks are private',
    type: 'aws_ecs_service',
    problems: ({ body }) => [
      !nested(body, 'network_configuration').some(({ assign_public_ip: ip }) => is(ip, false)) &&
        'assign_public_ip must be false',
      body.enable_execute_command === true && 'shells are for the time of an investigation (exec_enabled)',
      !is(body.platform_version, 'LATEST') && 'platform_version must be LATEST',
    ],
  },
  {
    about: 'a cluster measures its tasks',
    type: 'aws_ecs_cluster',
    problems: ({ body }) => [
      !nested(body, 'setting').some(
        ({ name, value }) => name === 'containerInsights' && value !== 'disabled',
      ) && 'needs containerInsights',
    ],
  },
  {
    about: 'A13: containers may do little',
    problems: ({ objects }) =>
      objects
        .filter(isContainer)
        .flatMap((container) => [
          container.privileged === true && 'a container must not be privileged',
          'readonlyRootFilesystem' in container &&
            !is(container.readonlyRootFilesystem, true) &&
            'readonlyRootFilesystem must be true',
          'user' in container &&
            /^(root|0)(:|$)/.test(String(container.user)) &&
            'a container must not run as root',
          'essential' in container && !('user' in container) && 'a container needs a user',
          'essential' in container &&
            !('readonlyRootFilesystem' in container) &&
            'readonlyRootFilesystem must be true',
          'image' in container &&
            /:latest$|\/[^:@]+$/.test(container.image) &&
            'an image needs a version or a digest',
        ]),
  },
  {
    about: 'A13: tasks log, and get time to stop',
    type: 'aws_ecs_task_definition',
    problems: ({ source, body, objects }) => [
      !is(body.network_mode, 'awsvpc') && 'network_mode must be awsvpc',
      !body.execution_role_arn && 'needs execution_role_arn',
      !body.task_role_arn && 'needs task_role_arn',
      ...(source === 'state' ? objects.filter((object) => 'essential' in object) : []).flatMap(
        (container) => [
          !container.logConfiguration && 'a container needs logConfiguration',
          !container.stopTimeout && 'a container needs stopTimeout',
          container.linuxParameters?.initProcessEnabled !== true && 'a container needs an init process',
          !container.linuxParameters?.capabilities?.drop?.includes('ALL') &&
            'a container must drop all capabilities',
        ],
      ),
    ],
  },
  {
    about: 'A13: no secret in the clear',
    problems: ({ source, type, objects }) =>
      source === 'state' && type !== 'aws_ecs_task_definition'
        ? []
        : objects.flatMap((object) =>
            environmentOf(object).map((name) => `${name}: looks like a secret in the clear`),
          ),
  },
];

/**
 * The names of variables with a value in the clear that look like secrets, of a container, or of a table of variables.
 *
 * @param {Body} object
 * @returns {string[]}
 */
function environmentOf(object) {
  const names =
    'name' in object && 'value' in object
      ? [object.name]
      : Object.keys(object).filter((name) => /^[A-Z][A-Z0-9_]+$/.test(name));
  return names.filter(
    (name) =>
      typeof name === 'string' && /^[A-Z]/.test(name) && LOOKS_SECRET.test(name) && !HARMLESS.has(name),
  );
}
