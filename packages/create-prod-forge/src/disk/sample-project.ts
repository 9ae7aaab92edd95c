import type { ProjectFile } from './file.ts';

/** A small project with files and folders at its top, for tests; `extra` files more make the writing last. */
export function sampleProject(extra = 0): readonly ProjectFile[] {
  return [
    { path: '.gitignore', content: 'node_modules\n' },
    { path: 'bin/start', content: '#!/bin/sh\n', executable: true },
    { path: 'package.json', content: '{}\n' },
    { path: 'src/deep/index.ts', content: Buffer.from('export {};\n') },
    ...Array.from({ length: extra }, (_, index) => ({
      path: `src/extra/${index % 50}/file-${index}.ts`,
      content: `export const value = ${index};\n`.repeat(20),
    })),
  ];
}

/** The same as `readTree` reads it. */
export function sampleTree(extra = 0): Readonly<Record<string, string>> {
  return Object.fromEntries(sampleProject(extra).map(({ path, content }) => [path, content.toString()]));
}
