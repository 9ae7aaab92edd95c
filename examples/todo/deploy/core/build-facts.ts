/** What is known when an image is built. */
interface Known {
  readonly name: string;
  /** In `package.json`. */
  readonly version: string;
  /** The number of the run that builds it. */
  readonly run: string;
  readonly commit: string;
  readonly committedAt: string;
  readonly builtAt: string;
  readonly source: string;
  readonly schema: string;
  readonly oldestCode: string;
}

/** The last migration in the list that the service has of them; `none` where there is none. */
export function newestMigration(list: string): string {
  const [, names = ''] = /export const migrations = \[([^\]]*)\]/.exec(list) ?? [];
  return (
    names
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
      .at(-1) ?? 'none'
  );
}

/** What an image is built with. What is bigger than a patch is decided in `package.json`; each run is a patch of its own. */
function optionsOf(known: Known) {
  const version = known.version.replace(/\.\d+$/, `.${known.run}`);
  const labels = [
    `schema=${known.schema}`,
    `schema.oldest-code=${known.oldestCode}`,
    `commit.time=${known.committedAt}`,
  ];
  const args = [
    `BUILD_VERSION=${version}`,
    `BUILD_COMMIT=${known.commit}`,
    `BUILD_TIME=${known.builtAt}`,
    `BUILD_SOURCE=${known.source}`,
  ];
  return { version, labels, args };
}

/** Flags of `docker build`; no value has a space. */
export function flagsOf(known: Known): string {
  const { labels, args } = optionsOf(known);
  return [...labels.map((label) => `--label=${label}`), ...args.map((arg) => `--build-arg=${arg}`)].join(' ');
}

/** Outputs of a job. */
export function factsOf(known: Known): string {
  const { version, labels, args } = optionsOf(known);
  return [
    `name=${known.name}`,
    `version=${version}`,
    ...multiLine('labels', labels),
    ...multiLine('build-args', args),
    '',
  ].join('\n');
}

function multiLine(name: string, lines: readonly string[]): readonly string[] {
  return [`${name}<<end`, ...lines, 'end'];
}
