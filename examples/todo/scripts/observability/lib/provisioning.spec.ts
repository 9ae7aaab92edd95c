import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readDashboards } from './dashboards.mjs';
import { provisioningProblems } from './provisioning.mjs';

type Given = Parameters<typeof provisioningProblems>[0];

const read = (file: string) =>
  parse(readFileSync(`observability/${file}`, 'utf8'), { merge: true }) as Record<string, unknown>;
const given = (): Given => ({
  datasources: read('grafana/provisioning/datasources/datasources.yaml'),
  providers: read('grafana/provisioning/dashboards/dashboards.yaml'),
  services: read('compose.yaml').services,
  dashboards: readDashboards().dashboards.map(({ dashboard }) => dashboard),
});

describe('what Grafana is given', () => {
  it('exists', () => {
    expect(provisioningProblems(given())).toEqual([]);
  });

  it.each<[string, (all: Given) => void, string]>([
    ['a source that does not run', ({ services }) => delete services.loki, 'Loki: there is no service loki'],
    [
      'another uid',
      ({ datasources: { datasources } }) => (datasources[1].uid = 'logs'),
      'Loki: the uid logs is not loki, which links and checks ask for',
    ],
    [
      'sources to change',
      ({ datasources: { datasources } }) => delete datasources[0].editable,
      'Prometheus: what is changed in Grafana would be lost: editable',
    ],
    [
      'a link to nowhere',
      (all) => (all.dashboards = all.dashboards.filter(({ uid }) => uid !== 'logs')),
      'Loki: /d/logs?from=now-7d&to=now&var-request_id=$${__value.raw} leads to no dashboard',
    ],
    [
      'a link to what can not be chosen',
      ({ datasources: { datasources } }) =>
        (datasources[1].jsonData.derivedFields[0].url = '/d/logs?var-id=1'),
      'Loki: the dashboard logs has no variable id',
    ],
    [
      'a link to recent lines',
      ({ datasources: { datasources } }) =>
        (datasources[1].jsonData.derivedFields[0].url = '/d/logs?var-search=1'),
      'Loki: /d/logs?var-search=1 shows recent lines only: from and to',
    ],
    [
      'a variable that Grafana takes for its own',
      ({ datasources: { datasources } }) =>
        (datasources[1].jsonData.derivedFields[0].url = '/d/logs?var-search=${__value.raw}'),
      'Loki: /d/logs?var-search=${__value.raw} needs $$ before {',
    ],
    [
      'dashboards elsewhere',
      ({ providers }) => (providers.providers[0].options.path = '/dashboards'),
      'repository: /dashboards is not where dashboards are: /etc/grafana/dashboards',
    ],
    [
      'dashboards to change',
      ({ providers }) => (providers.providers[0].allowUiUpdates = true),
      'repository: what is changed in Grafana would be lost: allowUiUpdates',
    ],
    [
      'dashboards that stay',
      ({ providers }) => (providers.providers[0].disableDeletion = true),
      'repository: a dashboard that is removed would stay: disableDeletion',
    ],
  ])('is refused with %s', (_, change, problem) => {
    const all = given();
    change(all);
    expect(provisioningProblems(all)).toContain(problem);
  });
});
