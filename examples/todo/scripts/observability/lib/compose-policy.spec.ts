import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { composeProblems } from './compose-policy.mjs';

type Services = Record<
  'api' | 'loki' | 'alertmanager' | 'alloy' | 'grafana' | 'cadvisor',
  Record<string, unknown>
>;

interface Compose {
  services: Services;
}

const read = (file: string) => parse(readFileSync(file, 'utf8'), { merge: true }) as Compose;
const problemsOf = (compose: Compose) =>
  composeProblems(compose, { exists: existsSync, others: Object.keys(read('compose.yaml').services) });

describe('the containers that watch the service', () => {
  it('are pinned, limited and confined', () => {
    expect(problemsOf(read('observability/compose.yaml'))).toEqual([]);
  });

  it.each<[string, (services: Services) => void, string]>([
    [
      'no version',
      ({ loki }) => (loki.image = 'grafana/loki'),
      'loki: the image grafana/loki has no version',
    ],
    [
      'a version that moves',
      ({ loki }) => (loki.image = 'grafana/loki:latest'),
      'loki: the image grafana/loki:latest has no version',
    ],
    [
      'what collected logs once',
      ({ alloy }) => (alloy.image = 'grafana/promtail:3.5.0'),
      'alloy: grafana/promtail:3.5.0 has reached its end of life: Alloy collects',
    ],
    ['no limit of memory', ({ loki }) => delete loki.mem_limit, 'loki: there is no mem_limit'],
    ['half of the limits', ({ api }) => delete api.pids_limit, 'api: there is no pids_limit'],
    [
      'a port for everybody',
      ({ grafana }) => (grafana.ports = ['3001:3000']),
      'grafana: the port 3001:3000 is open to others: it begins with 127.0.0.1:',
    ],
    ['no healthcheck', ({ alloy }) => delete alloy.healthcheck, 'alloy: there is no healthcheck'],
    [
      'a healthcheck that is off',
      ({ alloy }) => (alloy.healthcheck = { disable: true }),
      'alloy: there is no healthcheck',
    ],
    [
      'a file system to write',
      ({ loki }) => (loki.read_only = false),
      'loki: its file system can be written: read_only',
    ],
    ['capabilities', ({ loki }) => delete loki.cap_drop, 'loki: it keeps capabilities: cap_drop: [ALL]'],
    [
      'a way to more rights',
      ({ loki }) => delete loki.security_opt,
      'loki: it may gain rights: no-new-privileges:true',
    ],
    ['all rights', ({ cadvisor }) => (cadvisor.privileged = true), 'cadvisor: it is privileged'],
    [
      'a log without end',
      ({ loki }) => delete loki.logging,
      'loki: its log is not bounded: logging.options.max-size',
    ],
    [
      'a file that is missing',
      ({ loki }) => (loki.volumes = ['./observability/lokki:/etc/loki:ro']),
      'loki: there is no ./observability/lokki',
    ],
    [
      'files of ours that it may write',
      ({ loki }) => (loki.volumes = ['./observability/loki:/etc/loki']),
      'loki: ./observability/loki can be written: it ends in :ro',
    ],
    [
      'receivers that checks have, too',
      ({ alertmanager }) => (alertmanager.volumes = ['./.data/observability/receivers:/receivers:ro']),
      'alertmanager: ./.data/observability/receivers is the same for checks: ${OBSERVABILITY_SECRETS:-…}',
    ],
    [
      'a volume that is missing',
      ({ loki }) => (loki.volumes = ['lokki:/loki']),
      'loki: there is no volume lokki',
    ],
    [
      'a secret that is missing',
      ({ grafana }) => (grafana.secrets = ['password']),
      'grafana: there is no secret password',
    ],
    [
      'what it waits for missing',
      ({ alloy }) => (alloy.depends_on = { lokki: {} }),
      'alloy: there is no lokki to depend on',
    ],
  ])('are refused with %s', (_, change, problem) => {
    const compose = read('observability/compose.yaml');
    change(compose.services);
    expect(problemsOf(compose)).toContain(problem);
  });
});
