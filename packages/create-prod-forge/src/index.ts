/**
 * The programmatic interface of create-prod-forge.
 *
 * `plan` and `render` touch nothing but memory; `create` writes one directory. The same version and answers give the same bytes.
 */
export { create, plan, render, type CreateResult } from './api.ts';
export { main } from './cli.ts';
export { loadRegistry } from './registry.ts';
export { answersSchema, type Answers, type JsonSchema, type ResolvedAnswers } from './engine/answers.ts';
export { brokenLaws } from './engine/laws.ts';
export { DiskError } from './disk/errors.ts';
export type { WriteOptions } from './disk/write-project.ts';
export { InputError } from './engine/errors.ts';
export type { Plan, PlannedFile } from './engine/plan.ts';
export type { RenderedFile } from './engine/render.ts';
export type { Resolution } from './engine/resolve.ts';
export type { Feature, Registry } from './engine/registry.ts';
