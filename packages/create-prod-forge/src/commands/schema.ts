import { answersSchema } from '../engine/answers.ts';
import type { Registry } from '../engine/registry.ts';

/** Prints the JSON schema of the answers. */
export function runSchema(registry: Registry): number {
  process.stdout.write(`${JSON.stringify(answersSchema(registry), null, 2)}\n`);
  return 0;
}
