import { styleText } from 'node:util';

type Paint = (text: string) => string;

/** The few styles that the output uses; each returns the text unchanged where colours are off. */
export type Style = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', Paint>>;

/**
 * The part of a stream of `node:tty` that decides how text is shown; both are absent on a file or a pipe. Some terminals report
 * no columns, as 0.
 */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Styles for one stream: in colour where it is a terminal and neither NO_COLOR nor FORCE_COLOR says otherwise. */
export function createStyle(stream: Terminal, env: NodeJS.ProcessEnv = process.env): Style {
  const isColoured = hasColour(stream, env);
  const paint =
    (format: keyof Style): Paint =>
    (text) =>
      // The stream was looked at above; some versions of Node would look at stdout instead.
      isColoured ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
    cyan: paint('cyan'),
  };
}

/** FORCE_COLOR goes before NO_COLOR, as in Node itself. */
function hasColour(stream: Terminal, env: NodeJS.ProcessEnv): boolean {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.NO_COLOR || env.TERM === 'dumb') return false;
  return stream.isTTY === true;
}
