import { DEFAULT_PRESET } from '../engine/answers.ts';
import { PRESETS, type Question } from '../engine/feature.ts';
import { choices, groups, isAlwaysOn, optionId, type Feature, type Registry } from '../engine/registry.ts';
import { formatColumns, widthOf } from '../terminal/format.ts';

const CONTROLS: readonly (readonly [string, string])[] = [
  ['--yes, -y', 'Take the default for everything that is not given; ask nothing.'],
  [
    '--answers <file>',
    'Take answers from a JSON file; flags win over it. Its form: create-prod-forge schema.',
  ],
  ['--dry-run', 'List the files and their sizes; write nothing.'],
  ['--json', 'Print the result, or the error, as one JSON object; ask nothing.'],
  ['--no-install', "Don't install dependencies; works offline."],
  ['--no-git', "Don't create a git repository."],
  ['--force', 'Add to a directory that has other files; never overwrites or deletes one.'],
  ['--version, -v', 'Print the version.'],
  ['--help, -h', 'Print this help.'],
];

/** The text of `--help`, derived from the registry. */
export function helpText(registry: Registry): string {
  const sections = [
    section('Commands', [
      ['create-prod-forge [directory]', 'Create a service in a new directory; "." is the current one.'],
      ['create-prod-forge list', 'List features and options.'],
      ['create-prod-forge schema', 'Print the JSON schema of the answers.'],
    ]),
    section('Project', [
      ['--name <name>', 'Package name, where it differs from the directory, e.g. @acme/my-api.'],
      ['--preset <id>', `Options to start from: ${PRESETS.join(', ')} (default: ${DEFAULT_PRESET}).`],
      ...questionRows(registry.features.filter(isAlwaysOn)),
    ]),
    ...groups(registry).map((entry) =>
      section(entry.group.title, [
        [`--${entry.group.id} <id>`, `One of: ${choices(entry).join(', ')}.`],
        ...entry.options.map((option) => [`  ${optionId(option)}`, option.definition.summary] as const),
        ...questionRows([...entry.common, ...entry.options]),
      ]),
    ),
    section('Run', CONTROLS),
  ];
  return [
    'Usage: create-prod-forge [directory] [options]',
    '',
    'Renders a complete production service: NestJS API, infrastructure, observability and pipelines,',
    'with the proof that they work.',
    '',
    ...sections,
    'Exit status: 0 done, 1 unexpected failure, 2 wrong input, 130 interrupted. No telemetry.',
    '',
  ].join('\n');
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  return `${title}:\n${formatColumns(rows, { width: widthOf(process.stdout) })}\n`;
}

function questionRows(features: readonly Feature[]): readonly (readonly [string, string])[] {
  return features.flatMap(({ definition }) =>
    (definition.questions ?? []).map((question) => [questionFlag(question), questionText(question)] as const),
  );
}

function questionFlag(question: Question): string {
  return question.type === 'boolean' ? `--[no-]${question.id}` : `--${question.id} <${question.type}>`;
}

function questionText(question: Question): string {
  const allowed =
    question.type === 'select' ? ` One of: ${question.choices.map(({ value }) => value).join(', ')}.` : '';
  return `${question.title}.${allowed} Default: ${String(question.default)}.`;
}
