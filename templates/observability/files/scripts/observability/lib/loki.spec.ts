import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { lokiProblems } from './loki.mjs';

type Section = Record<string, unknown>;

interface Config {
  [section: string]: unknown;
  schema_config: { configs: [Section] };
  limits_config: Section;
  compactor: Section;
}

const config = () => parse(readFileSync('observability/loki/loki.yaml', 'utf8')) as Config;

describe("Loki's configuration", () => {
  it('is right', () => {
    expect(lokiProblems(config())).toEqual([]);
  });

  it.each<[string, (config: Config) => void, string]>([
    [
      'an old schema',
      ({ schema_config: { configs } }) => (configs[0].schema = 'v12'),
      'the schema of today has to be v13, and is v12',
    ],
    [
      'an old store',
      ({ schema_config: { configs } }) => (configs[0].store = 'boltdb'),
      'the store of today has to be tsdb, and is boltdb',
    ],
    [
      'no end of logs',
      ({ limits_config: limits }) => delete limits.retention_period,
      'limits_config.retention_period has to be a number of hours, such as 744h: without, nothing is deleted',
    ],
    [
      'a period without a compactor',
      (all) => (all.compactor = {}),
      'compactor.retention_enabled has to be true, and is not there',
    ],
    [
      'deletions that are kept nowhere',
      ({ compactor }) => delete compactor.delete_request_store,
      'compactor.delete_request_store has to be filesystem, and is not there',
    ],
    [
      'no metadata of lines',
      ({ limits_config: limits }) => (limits.allow_structured_metadata = false),
      'limits_config.allow_structured_metadata has to be true, and is not there',
    ],
    [
      'room for more labels',
      ({ limits_config: limits }) => (limits.max_label_names_per_series = 15),
      'limits_config.max_label_names_per_series has to be 3, and is 15',
    ],
    [
      'a label of its own',
      ({ limits_config: limits }) => delete limits.discover_service_name,
      'limits_config.discover_service_name, a label, has to be empty, and is undefined',
    ],
    [
      'what version 2 called so',
      ({ compactor }) => (compactor.shared_store = 'filesystem'),
      'shared_store was removed with Loki 3',
    ],
    ['an unknown section', (all) => (all.limit_config = {}), 'limit_config is no section of Loki 3'],
  ])('is refused with %s', (_, change, problem) => {
    const changed = config();
    change(changed);
    expect(lokiProblems(changed)).toContain(problem);
  });
});
