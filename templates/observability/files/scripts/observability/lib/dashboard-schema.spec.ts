import { readDashboards } from './dashboards.mjs';
import { schemaProblems } from './dashboard-schema.mjs';

type Dashboard = Parameters<typeof schemaProblems>[0][number]['dashboard'];
type Panel = Dashboard['panels'][number];

const file = 'observability/grafana/dashboards/requests.json';
const { dashboards } = readDashboards();
const original = JSON.stringify(dashboards.find((candidate) => candidate.file === file)?.dashboard);

/** The problems of a dashboard that somebody changed, and of one of its panels. */
function problemsOf(title: string, change: (panel: Panel, dashboard: Dashboard) => void): string[] {
  const dashboard = JSON.parse(original) as Dashboard;
  const panel = dashboard.panels.find((candidate) => candidate.title === title);
  if (!panel) throw new Error(`there is no panel ${title}`);
  change(panel, dashboard);
  return schemaProblems([{ file, dashboard }]);
}

describe("Grafana's types", () => {
  it('are those of all dashboards', () => {
    expect(schemaProblems(dashboards)).toEqual([]);
  });

  it('name the file, the line in its source and the panel', () => {
    expect(problemsOf('Rate', (panel) => Object.assign(panel, { colour: 'red' }))).toEqual([
      expect.stringMatching(
        /^\S+requests\.json \(\S+requests\.ts:\d+\): panel "Rate": \/: must NOT have additional properties: colour$/,
      ),
    ]);
  });

  it.each<[string, string, (dashboard: Dashboard) => object]>([
    [
      'refreshRate',
      '/: must NOT have additional properties: refreshRate',
      (one) => Object.assign(one, { refreshRate: '30s' }),
    ],
    [
      'schemaVersion',
      "/: must have required property 'schemaVersion'",
      (one) => Object.assign(one, { schemaVersion: undefined }),
    ],
    [
      'a variable',
      '/templating/list/0/type: must be equal to one of the allowed values',
      (one) => Object.assign(one.templating?.list?.[0] ?? {}, { type: 'list' }),
    ],
  ])('refuse a dashboard for %s', (_, problem, change) => {
    const problems = problemsOf('Rate', (_panel, dashboard) => void change(dashboard));
    expect(problems).toContainEqual(expect.stringContaining(`requests.ts): ${problem}`));
  });

  it.each<[string, string, string, (panel: Panel) => object]>([
    [
      'a threshold that is a text',
      'Rate',
      '/fieldConfig/defaults/thresholds/steps/0/value: must be number',
      ({ fieldConfig }) =>
        Object.assign(fieldConfig?.defaults ?? {}, {
          thresholds: { mode: 'absolute', steps: [{ color: 'red', value: '1' }] },
        }),
    ],
    [
      'an option that lines do not have',
      'Rate',
      '/options: must NOT have additional properties: legends',
      ({ options }) => Object.assign(options ?? {}, { legends: {} }),
    ],
    [
      'a style that lines do not have',
      'Rate',
      '/fieldConfig/defaults/custom/lineWidth: must be number',
      ({ fieldConfig }) => Object.assign(fieldConfig?.defaults?.custom ?? {}, { lineWidth: 'thin' }),
    ],
    [
      'an option that heat maps do not have',
      'Spread of durations',
      '/options: must NOT have additional properties: colour',
      ({ options }) => Object.assign(options ?? {}, { colour: {} }),
    ],
    [
      'a kind that nobody has the types of',
      'Rate',
      '/type: there is no graph in scripts/observability/lib/grafana-types.ts: add it',
      (panel) => Object.assign(panel, { type: 'graph' }),
    ],
  ])('refuse a panel for %s', (_, title, problem, change) => {
    const problems = problemsOf(title, (panel) => void change(panel));
    expect(problems).toContainEqual(expect.stringContaining(`panel "${title}": ${problem}`));
  });
});
