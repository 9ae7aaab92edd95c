import { newestFirst, type Release } from '#deploy/core/release';

export interface Row extends Release {
  /** Whether this is what the service is to run. */
  readonly current: boolean;
}

export function listing(releases: readonly Release[], running: string): readonly Row[] {
  let isFound = false;
  return newestFirst(releases).map((release) => {
    const current = !isFound && release.kind === 'deploy' && release.taskDefinition === running;
    isFound ||= current;
    return { ...release, current };
  });
}

const HEADER = ['', 'revision', 'version', 'commit', 'begun', 'state', 'what', 'by'];

export function tableOf(rows: readonly Row[]): string {
  if (rows.length === 0) return 'There is no release yet.';
  const cells = rows.map(({ current, revision, version, commit, startedAt, state, kind, by }) => [
    current ? '→' : '',
    revision === undefined ? '-' : String(revision),
    version,
    commit.slice(0, 12),
    startedAt.slice(0, 16).replace('T', ' '),
    state,
    kind,
    by,
  ]);
  const widths = HEADER.map((title, column) =>
    Math.max(...[HEADER, ...cells].map((row) => (row[column] ?? title).length)),
  );
  return [HEADER, ...cells]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
