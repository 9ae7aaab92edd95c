import { PRESETS, type AnswerValue, type Preset, type Question } from './feature.ts';
import {
  choices,
  flagOf,
  groups,
  optionId,
  type Feature,
  type GroupWithOptions,
  type Registry,
} from './registry.ts';

/**
 * What a user may answer, each key the name of a flag: `name`, `preset`, a group (`cache: "redis"`) or a question
 * (`description: "…"`). Every key is optional but `name`.
 */
export interface Answers {
  readonly [key: string]: AnswerValue | undefined;
}

/** Answers after resolution: `name`, then every group, then every question of the chosen features. */
export type ResolvedAnswers = Readonly<Record<string, AnswerValue>> & { readonly name: string };

export const DEFAULT_PRESET: Preset = 'standard';

/** A JSON schema (draft 2020-12), as a plain object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON schema of an answers file, derived from the registry. */
export function answersSchema(registry: Registry): JsonSchema {
  const properties: Record<string, unknown> = {
    name: {
      type: 'string',
      description:
        'Name of the service: its folder, npm package, database and infrastructure are called after it.',
    },
    preset: {
      enum: PRESETS,
      default: DEFAULT_PRESET,
      description: 'The options to start from.',
    },
  };
  for (const entry of groups(registry)) properties[entry.group.id] = groupSchema(entry);
  for (const feature of registry.features) {
    for (const question of feature.definition.questions ?? []) {
      properties[question.id] = questionSchema(question, feature);
    }
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Answers for create-prod-forge',
    type: 'object',
    properties,
    additionalProperties: false,
  };
}

function groupSchema(entry: GroupWithOptions): JsonSchema {
  const described = entry.options.map((option) => `${optionId(option)}: ${option.definition.summary}`);
  return { enum: choices(entry), description: `${entry.group.title}. ${described.join('; ')}.` };
}

function questionSchema(question: Question, feature: Feature): JsonSchema {
  const flag = flagOf(feature);
  const description = flag ? `${question.title} (with ${flag}).` : `${question.title}.`;
  switch (question.type) {
    case 'boolean':
      return { type: 'boolean', default: question.default, description };
    case 'select':
      return { enum: question.choices.map(({ value }) => value), default: question.default, description };
    case 'text':
      return {
        type: 'string',
        default: question.default,
        ...(question.pattern ? { pattern: `^(?:${question.pattern})$` } : {}),
        description,
      };
  }
}
