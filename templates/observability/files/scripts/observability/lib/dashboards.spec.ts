import { readFileSync } from 'node:fs';
import { dashboardProblems, readDashboards, readExclusions } from './dashboards.mjs';
import { placeOf } from './places.mjs';

type File = Parameters<typeof dashboardProblems>[0][number];
type Panel = File['dashboard']['panels'][number];

const { dashboards, exclusions } = readDashboards();
/** The dashboard that is changed, and those to which it leads. */
const some = dashboards.filter(({ dashboard }) => ['logs', 'requests', 'service'].includes(dashboard.uid));
const ofSome = exclusions.filter(({ dashboard }) => [undefined, 'Logs', 'Service'].includes(dashboard));
const file = 'observability/grafana/dashboards/requests.json';
const original = readFileSync(file, 'utf8');

/** The problems of a dashboard that somebody changed. */
function problemsOf(change: (dashboard: File['dashboard'], panel: Panel) => void): string[] {
  const changed = JSON.parse(original) as File['dashboard'];
  const [panel] = changed.panels.filter(({ type }) => type === 'timeseries');
  if (!panel) throw new Error('there is no panel to change');
  change(changed, panel);
  const others = some.filter((other) => other.file !== file);
  return dashboardProblems([...others, { file, dashboard: changed }], ofSome);
}

const ask = (panel: Panel, expr: string, legend = '') => {
  panel.targets = [{ ...panel.targets?.[0], expr, legendFormat: legend }];
};
const variable = ({ templating }: File['dashboard'], name: string) => {
  const found = templating?.list?.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`there is no variable ${name}`);
  return found;
};
const CHOSEN = 'service="$service",environment="$environment",instance=~"$instance",route=~"$route"';

describe('the rules of dashboards', () => {
  it('D6: hold for all of them', () => {
    expect(dashboards.length).toBeGreaterThanOrEqual(7);
    expect(dashboardProblems(dashboards, exclusions)).toEqual([]);
  });

  it('name the file, the line in its source and the panel', () => {
    expect(problemsOf((_, panel) => void (panel.description = ''))).toEqual([
      `${file} (${placeOf('requests', 'Rate')}): panel "Rate": has no description (panel-title-description-rule)`,
    ]);
  });

  it.each<[string, string, Parameters<typeof problemsOf>[0]]>([
    [
      'template-datasource-rule',
      'not prometheus_datasource',
      (changed) => void (variable(changed, 'prometheus_datasource').label = 'Metrics'),
    ],
    [
      'template-instance-rule',
      'takes one value only',
      (changed) => void (variable(changed, 'instance').multi = false),
    ],
    [
      'template-label-promql-rule',
      'unexpected expression',
      (changed) => void (variable(changed, 'route').query = 'label_values(up{, route)'),
    ],
    [
      'template-on-time-change-reload-rule',
      'keeps its values',
      (changed) => void (variable(changed, 'route').refresh = 1),
    ],
    [
      'panel-datasource-rule',
      'asks prom-1, and no variable',
      (_, panel) => void (panel.datasource = { type: 'prometheus', uid: 'prom-1' }),
    ],
    ['panel-title-description-rule', 'has no title', (_, panel) => void (panel.title = '')],
    ['panel-units-rule', 'has no unit', (_, panel) => void (panel.fieldConfig = { defaults: {} })],
    [
      'panel-units-rule',
      'does not know: seconds',
      (_, panel) => void (panel.fieldConfig = { defaults: { unit: 'seconds' } }),
    ],
    ['panel-no-targets-rule', 'asks nothing', (_, panel) => void (panel.targets = [])],
    [
      'target-promql-rule',
      'unexpected expression',
      (_, panel) => {
        ask(panel, `sum(rates(http_server_request_duration_seconds_count{${CHOSEN}}[$__rate_interval]))`);
      },
    ],
    [
      'target-rate-interval-rule',
      'is over [1m], not over [$__rate_interval]',
      (_, panel) => {
        ask(panel, `sum(rate(http_server_request_duration_seconds_count{${CHOSEN}}[1m]))`);
      },
    ],
    [
      'target-instance-rule',
      'is not limited to instance',
      (_, panel) => {
        ask(panel, `http_server_active_requests{service="$service",environment="$environment"}`);
      },
    ],
    [
      'target-counter-agg-rule',
      'only grows',
      (_, panel) => {
        ask(panel, `process_cpu_seconds_total{${CHOSEN}}`);
      },
    ],
    ['uneditable-dashboard', 'can be edited', (changed) => void (changed.editable = true)],
    ['dashboard-uid-rule', 'shares its uid', (changed) => void (changed.uid = 'service')],
    ['dashboard-behaviour-rule', 'does not mark new versions', (changed) => void (changed.annotations = {})],
    [
      'panel-id-rule',
      'has the id 2, as has panel "Rate"',
      (changed) => void Object.assign(changed.panels[2] ?? {}, { id: 2 }),
    ],
    ['panel-title-unique-rule', 'is not the only one', (_, panel) => void (panel.title = 'Errors')],
    [
      'panel-position-rule',
      'covers panel "Rate"',
      (changed) => void Object.assign(changed.panels[2] ?? {}, { gridPos: { x: 7, y: 1, w: 9, h: 8 } }),
    ],
    [
      'panel-position-rule',
      'is not within the width',
      (_, panel) => void (panel.gridPos = { x: 20, y: 90, w: 8, h: 8 }),
    ],
    [
      'target-refid-rule',
      'has two queries A',
      (_, panel) => void (panel.targets = [...(panel.targets ?? []), ...(panel.targets ?? [])]),
    ],
    [
      'target-service-rule',
      'is of every service and environment',
      (_, panel) => {
        ask(panel, 'http_server_active_requests{instance=~"$instance"}');
      },
    ],
    [
      'target-legend-rule',
      'names status, which no series has',
      (_, panel) => {
        ask(
          panel,
          `sum by (route) (rate(http_server_request_duration_seconds_count{${CHOSEN}}[$__rate_interval]))`,
          '{{status}}',
        );
      },
    ],
    [
      'variable-known-rule',
      'asks for $pod, which is no variable',
      (_, panel) => {
        ask(panel, `http_server_active_requests{${CHOSEN},pod="$pod"}`);
      },
    ],
    [
      'variable-used-rule',
      'has a variable unused',
      (changed) => void changed.templating?.list?.push({ name: 'unused', type: 'textbox' }),
    ],
    [
      'annotation-promql-rule',
      'annotation Versions',
      (changed) => void Object.assign(changed.annotations?.list?.[0] ?? {}, { expr: 'count by (version' }),
    ],
    [
      'link-label-rule',
      'links to route, which no series of A has',
      (_, panel) => {
        ask(panel, `sum(http_server_active_requests{${CHOSEN}})`);
      },
    ],
    [
      'link-rule',
      'leads to a dashboard that does not exist: nowhere',
      (_, panel) => void Object.assign(panel.fieldConfig?.defaults ?? {}, { links: [{ url: '/d/nowhere' }] }),
    ],
    [
      'link-rule',
      'with a variable that it does not have: pod',
      (_, panel) =>
        void Object.assign(panel.fieldConfig?.defaults ?? {}, { links: [{ url: '/d/logs?var-pod=x' }] }),
    ],
  ])('%s: %s', (rule, problem, change) => {
    expect(problemsOf(change)).toContainEqual(
      expect.stringMatching(new RegExp(`^${file}.*${escaped(problem)}.*\\(${rule}\\)$`)),
    );
  });

  it('hold for queries of logs', () => {
    const logs = dashboards.find(({ dashboard }) => dashboard.uid === 'logs');
    const copy = structuredClone(logs?.dashboard);
    const [panel] = copy?.panels.filter(({ type }) => type === 'timeseries') ?? [];
    if (!logs || !copy || !panel) throw new Error('there is no dashboard logs');
    const problems = (expr: string) => {
      panel.targets = [{ ...panel.targets?.[0], expr }];
      return dashboardProblems([{ ...logs, dashboard: copy }], exclusions).join('\n');
    };
    expect(problems('sum(count_over_time({service="$service"} [5m]))')).toContain('(target-logql-auto-rule)');
    expect(problems('sum(count_over_time({service="$service" [$__auto]))')).toContain('(target-logql-rule)');
  });
});

describe('exclusions', () => {
  const lint = (text: string) => readExclusions(text, '.lint').exclusions;

  it('are YAML', () => {
    expect(readExclusions('exclusions: [', '.lint').problems).toEqual([expect.stringMatching(/^\.lint:1: /)]);
  });

  it('need a reason', () => {
    const [problem] = dashboardProblems([], lint('exclusions:\n  panel-units-rule:\n'));
    expect(problem).toBe('.lint:2: panel-units-rule is excluded without a reason');
  });

  it('need something that they exclude', () => {
    const text =
      'exclusions:\n  panel-units-rule:\n    reason: We like it.\n    entries: [{ panel: Gone }]\n';
    expect(dashboardProblems(dashboards, [...exclusions, ...lint(text)])).toEqual([
      expect.stringContaining('panel-units-rule, Gone is excluded, and nothing breaks it'),
    ]);
  });

  it('fit the dashboard, the panel and the query that they name', () => {
    const changed = JSON.parse(original) as File['dashboard'];
    for (const panel of changed.panels) panel.description = '';
    const files = [...dashboards.filter((other) => other.file !== file), { file, dashboard: changed }];
    const all = dashboardProblems(files, exclusions).length;
    const text =
      'exclusions:\n  panel-title-description-rule:\n    reason: Known.\n    entries: [{ dashboard: Requests, panel: Rate }]\n';
    expect(dashboardProblems(files, [...exclusions, ...lint(text)])).toHaveLength(all - 1);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
