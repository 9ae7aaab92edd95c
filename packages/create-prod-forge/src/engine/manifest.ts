import { createHash } from 'node:crypto';
import type { ResolvedAnswers } from './answers.ts';

/** Path of the record that a rendered project keeps of its making. */
export const MANIFEST_PATH = '.prod-forge.json';

/** What is needed to render the same base again and merge an update into a changed project. */
export interface ProjectManifest {
  /** Version of the generator. */
  readonly version: string;
  readonly answers: ResolvedAnswers;
  /** SHA-256 of each rendered file, in hexadecimal, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Files that the project's own tools write, which have no hash, each with the script that writes it. */
  readonly derived: Readonly<Record<string, string>>;
}

/** The text of the manifest. */
export function manifestText(manifest: ProjectManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** SHA-256 in hexadecimal. */
export function hash(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
