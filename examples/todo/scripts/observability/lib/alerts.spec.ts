import { readFileSync } from 'node:fs';
import { alertProblems, readAlerts, type Alert } from './alerts.mjs';

const RUNBOOK = '# It\n\n`Broken`\n\n## Symptom\n\n## Impact\n\n## Confirm\n\n## Mitigate\n\n## Prevent\n';
const good: Alert = {
  name: 'Broken',
  where: 'rules.yaml:3',
  labels: { severity: 'page' },
  annotations: {
    summary: 'It is broken.',
    description: 'Nobody knows why.',
    runbook_url: '{{ $externalLabels.repository_url }}/blob/main/docs/runbooks/broken.md',
    dashboard_url: '{{ $externalLabels.grafana_url }}/d/service?var-service={{ $labels.service }}',
  },
  testable: true,
};
const known = {
  tests: [
    { alert: 'Broken', fires: true },
    { alert: 'Broken', fires: false },
  ],
  runbooks: new Map([['docs/runbooks/broken.md', RUNBOOK]]),
  dashboards: ['service', 'slo'],
};
const annotated = (annotations: Partial<Alert['annotations']>) => ({
  ...good,
  annotations: { ...good.annotations, ...annotations } as Alert['annotations'],
});

describe('an alert', () => {
  it('is good with texts, links that lead somewhere, and tests', () => {
    expect(alertProblems([good], known)).toEqual([]);
  });

  it.each([
    [
      'a severity of its own',
      { ...good, labels: { severity: 'high' } },
      'needs a label severity: page, ticket, none',
    ],
    ['no summary', annotated({ summary: '' }), 'needs an annotation summary'],
    ['no runbook', annotated({ runbook_url: '' }), 'needs an annotation runbook_url'],
    [
      'a runbook elsewhere',
      annotated({ runbook_url: 'https://wiki/broken' }),
      'needs a runbook_url like {{ $externalLabels.repository_url }}/blob/main/docs/runbooks/….md',
    ],
    [
      'a runbook that is not there',
      annotated({ runbook_url: good.annotations.runbook_url?.replace('broken', 'gone') ?? '' }),
      'has a runbook that does not exist: write docs/runbooks/gone.md, or correct its runbook_url',
    ],
    [
      'a heading that is not there',
      annotated({ runbook_url: `${good.annotations.runbook_url}#what-now` }),
      'has a runbook without the heading #what-now: docs/runbooks/broken.md',
    ],
    [
      'a runbook of another',
      { ...good, name: 'Slow' },
      'is not named in its runbook: say in docs/runbooks/broken.md what it means',
    ],
    ['no dashboard', annotated({ dashboard_url: '' }), 'needs an annotation dashboard_url'],
    [
      'a dashboard elsewhere',
      annotated({ dashboard_url: 'https://grafana/d/service' }),
      'needs a dashboard_url like {{ $externalLabels.grafana_url }}/d/…',
    ],
    [
      'a dashboard that is not there',
      annotated({ dashboard_url: '{{ $externalLabels.grafana_url }}/d/kitchen' }),
      'links to a dashboard that does not exist, kitchen: there are service, slo',
    ],
  ])('is bad with %s', (_, alert, problem) => {
    expect(alertProblems([alert], known)).toContain(`rules.yaml:3: ${alert.name} ${problem}`);
  });

  it.each([
    [true, 'needs a test in observability/prometheus/tests in which it fires'],
    [false, 'needs a test in observability/prometheus/tests in which it stays silent'],
  ])('is bad without a test in which it fires: %s', (fires, problem) => {
    const tests = known.tests.filter((test) => test.fires !== fires);
    expect(alertProblems([good], { ...known, tests })).toEqual([`rules.yaml:3: Broken ${problem}`]);
    expect(alertProblems([{ ...good, testable: false }], { ...known, tests })).toEqual([]);
  });

  it('is bad with a runbook that leaves something out', () => {
    const runbooks = new Map([['docs/runbooks/broken.md', RUNBOOK.replace('## Mitigate', '## Hope')]]);
    expect(alertProblems([good], { ...known, runbooks })).toEqual([
      'rules.yaml:3: Broken has a runbook without the section "## Mitigate": docs/runbooks/broken.md',
    ]);
  });

  it('needs no silence where it always fires', () => {
    const tests = [{ alert: 'Broken', fires: true }];
    expect(alertProblems([{ ...good, labels: { severity: 'none' } }], { ...known, tests })).toEqual([]);
  });
});

describe('the table of runbooks', () => {
  const rows = [
    ...readFileSync('docs/runbooks/README.md', 'utf8').matchAll(
      /^\| `(\w+)` \| (\w+) \| .+ \| \[[\w-]+\]\(([\w-]+)\.md\) \|$/gm,
    ),
  ].map(([, name, severity, runbook]) => ({ name, severity, runbook }));

  it('has every alert, with its severity and its runbook, and no other', () => {
    const alerts = readAlerts()
      .filter(({ labels }) => labels.severity !== 'none')
      .map(({ name, labels, annotations }) => ({
        name,
        severity: labels.severity,
        runbook: /runbooks\/([\w-]+)\.md/.exec(annotations.runbook_url ?? '')?.[1],
      }));
    const byName = (list: typeof rows) => list.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
    expect(rows.length).toBeGreaterThan(20);
    expect(byName(rows)).toEqual(byName(alerts));
  });
});
