import { GUARDED, OWED } from './regressions.ts';
import { buildGenerator, TEMPLATES } from './support/generator.ts';
import { projectOf, type Project } from './support/world.ts';

/** The defects of the reference: U1 to U25, two of which have a second part. */
const IDS = [...Array.from({ length: 25 }, (_, index) => `U${index + 1}`), 'U15b', 'U20b'];

/** How quotes are escaped in the source of a title. */
const unescape = (source: string): string => source.replaceAll("\\'", "'");

describe('the defects of the public reference', () => {
  let project: Project;

  beforeAll(async () => {
    const { api } = await buildGenerator(TEMPLATES);
    project = await projectOf(api, { preset: 'full', infra: 'terraform' });
  });

  const text = (path: string): string => project.files.get(path)?.toString() ?? '';

  it('are all accounted for', () => {
    const ids = [...GUARDED, ...OWED].map(({ id }) => id);
    expect([...new Set(ids)].toSorted()).toEqual(IDS.toSorted());
  });

  it.each(GUARDED)('$id would fail a test or check: $defect', ({ tests = [], checks = [] }) => {
    expect(tests.length + checks.length).toBeGreaterThan(0);
    const missing = tests.filter((test) => {
      const [path = '', ...title] = test.split(': ');
      // In the quotes of TypeScript or of Terraform.
      return !["'", '"'].some((quote) =>
        unescape(text(path)).includes(`${quote}${title.join(': ')}${quote}`),
      );
    });
    const existing = project.plan.contributions.checks.map(({ id }) => id);
    expect({ missing, unknown: checks.filter((id) => !existing.includes(id)) }).toEqual({
      missing: [],
      unknown: [],
    });
  });

  const fingerprints = GUARDED.flatMap(({ id, fingerprints: all = [] }) =>
    all.map((fingerprint) => ({ id, ...fingerprint })),
  );

  it.each(fingerprints)('$id left no fingerprint: $sample', ({ files, pattern, sample }) => {
    expect(sample).toMatch(pattern);
    const paths = [...project.files.keys()].filter((path) => files.test(path));
    expect(paths).not.toEqual([]);
    expect(paths.filter((path) => pattern.test(text(path)))).toEqual([]);
  });

  it('have no way back in the migrations, either', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    const reverting = Object.entries(scripts).filter((entry) =>
      /revert|schema:(sync|drop)/.test(entry.join()),
    );
    expect(reverting).toEqual([]);
  });
});
