import { sha256 } from '../../support/tree.ts';
import type { Law } from './law.ts';

const RECORD = '.prod-forge.json';

interface Recorded {
  readonly version: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
  readonly derived: Readonly<Record<string, string>>;
}

/** A project remembers its making: version, answers, a hash per file, and the files that its own tools write. */
export const makingIsRecorded: Law = ({ registry, projects }) =>
  projects.flatMap(({ title, plan, files }) => {
    const text = files.get(RECORD)?.toString();
    if (text === undefined) return [`${title}: there is no ${RECORD}`];
    const recorded = JSON.parse(text) as Recorded;
    const { scripts = {} } = JSON.parse(files.get('package.json')?.toString() ?? '{}') as {
      scripts?: Record<string, string>;
    };
    const paths = new Set(
      [...Object.keys(recorded.files), ...files.keys()].filter((path) => path !== RECORD),
    );
    return [
      ...(recorded.version === registry.version
        ? []
        : [`${title}: the record names version ${recorded.version}`]),
      ...(JSON.stringify(recorded.answers) === JSON.stringify(plan.resolution.answers)
        ? []
        : [`${title}: the record has other answers`]),
      ...[...paths]
        .filter((path) => recorded.files[path] !== hashOf(files.get(path)))
        .map((path) => `${title}: the record has not the hash of ${path}`),
      ...Object.entries(recorded.derived).flatMap(([path, script]) => [
        ...(files.has(path) ? [`${title}: ${path} is recorded as written by tools, but was rendered`] : []),
        ...(script in scripts
          ? []
          : [`${title}: ${path} is written by the script ${script}, which is not there`]),
      ]),
    ];
  });

function hashOf(content: Buffer | undefined): string | undefined {
  return content && sha256(content);
}
