import { PRESETS } from '../engine/feature.ts';
import { choices, groups, isAlwaysOn, optionId, type Registry } from '../engine/registry.ts';
import { formatColumns, widthOf } from '../terminal/format.ts';

/** Prints the features and options, for people or (`json`) for programs. */
export function runList(registry: Registry, { json }: { readonly json: boolean }): number {
  process.stdout.write(json ? `${JSON.stringify(catalogue(registry), null, 2)}\n` : listText(registry));
  return 0;
}

function listText(registry: Registry): string {
  const always = registry.features.filter(isAlwaysOn);
  return [
    section(
      'Always',
      always.map(({ id, definition }) => [id, definition.summary]),
    ),
    ...groups(registry).map(({ group, options }) =>
      section(
        `${group.title} (--${group.id})`,
        options.map((option) => [optionId(option), option.definition.summary]),
      ),
    ),
  ].join('\n');
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  return `${title}:\n${formatColumns(rows, { width: widthOf(process.stdout) })}\n`;
}

function catalogue(registry: Registry): unknown {
  return {
    version: registry.version,
    presets: PRESETS,
    features: registry.features
      .filter(isAlwaysOn)
      .map(({ id, definition }) => ({ id, title: definition.title, summary: definition.summary })),
    groups: groups(registry).map((entry) => ({
      id: entry.group.id,
      title: entry.group.title,
      choices: choices(entry),
      options: entry.options.map((option) => ({
        id: optionId(option),
        title: option.definition.title,
        summary: option.definition.summary,
        presets: option.definition.presets ?? [],
      })),
    })),
  };
}
