import type { Requirement } from 'create-prod-forge/feature';

const area = 'Life cycle';

export const lifeCycle: readonly Requirement[] = [
  {
    id: 'E1',
    area,
    requirement: 'Restarts of the instances, one after the other and under load, fail no request',
    check: 'e2e',
    test: 'test/rolling-restart.e2e-spec.ts: are restarted one after the other, twice, under load: no request fails',
  },
  {
    id: 'E2',
    area,
    requirement:
      'A stopping instance fails its readiness, still serves, finishes what is in flight and exits with 0',
    check: 'e2e',
    test: 'test/lifecycle.e2e-spec.ts: drains on SIGTERM: readiness fails first, requests are still served, exit 0',
  },
  {
    id: 'E3',
    area,
    requirement: 'Nothing that requests use is closed before the last of them is over',
    check: 'unit',
    test: 'src/shutdown.spec.ts: closes nothing that requests use before the last of them is over',
  },
  {
    id: 'E4',
    area,
    requirement:
      'Serving and migrating stop in time as process 1 of the image, unprivileged and on a read-only file system',
    check: 'image',
  },
  {
    id: 'E6',
    area,
    requirement:
      'Idle connections are kept for longer than the balancer keeps them, and requests have time limits',
    check: 'e2e',
    test: 'test/protocol.e2e-spec.ts: keeps an idle connection for longer than the balancer does, and says for how long',
  },
  {
    id: 'E18',
    area,
    requirement: 'A wrong environment is refused with every problem at once, without values',
    check: 'e2e',
    test: 'test/lifecycle.e2e-spec.ts: lists everything that is wrong with its environment, without values, and does not start',
  },
  {
    id: 'E21',
    area,
    requirement: 'The service says which version, commit and schema are running',
    check: 'e2e',
    test: 'test/lifecycle.e2e-spec.ts: says what is running',
  },
  {
    id: 'E23',
    area,
    requirement:
      "The heap is bounded by a part of the container's memory, and a full load leaves the container alive",
    check: 'image',
  },
  {
    id: 'E24',
    area,
    requirement:
      'An error that nobody handles is logged as fatal with its cause, and ends the instance with 1',
    check: 'e2e',
    test: 'test/lifecycle.e2e-spec.ts: ends with 1 after an %s, and says why',
  },
];
