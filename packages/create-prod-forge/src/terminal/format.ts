import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from './style.ts';

const NARROWEST = 40;
const WIDEST = 120;

/** Columns to use on a stream: those of the terminal within reason, 80 on a file or a pipe. */
export function widthOf(stream: Terminal): number {
  return Math.min(Math.max(stream.columns || 80, NARROWEST), WIDEST);
}

/** `512 B`, `1.2 kB`, `3.4 MB`: decimal units, one digit after the point. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_950 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `340 ms`, `4.2 s`, `1 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Rows of two columns; the second is wrapped into what the first leaves of the width.
 *
 * @param rows the first cells may be styled
 */
export function formatColumns(
  rows: readonly (readonly [string, string])[],
  { width = 80, indent = 2, gap = 2 }: { width?: number; indent?: number; gap?: number } = {},
): string {
  const first = Math.max(0, ...rows.map(([cell]) => visibleLength(cell)));
  const margin = indent + first + gap;
  return rows
    .map(([cell, text]) => {
      const padding = ' '.repeat(first - visibleLength(cell) + gap);
      const [head = '', ...rest] = wrap(text, Math.max(width - margin, 20));
      const lines = [
        ' '.repeat(indent) + cell + padding + head,
        ...rest.map((line) => ' '.repeat(margin) + line),
      ];
      return lines.map((line) => line.trimEnd()).join('\n');
    })
    .join('\n');
}

/** Breaks text at spaces into lines of at most `width` characters; a longer word gets a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const line = lines.at(-1);
    if (line !== undefined && visibleLength(line) + 1 + visibleLength(word) <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** The text cut to `width` characters, with an ellipsis where something is missing. */
export function truncate(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 0))}…`;
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}
