import { stripVTControlCharacters } from 'node:util';
import { formatDuration, truncate } from './format.ts';
import { withCleanup } from './interrupt.ts';
import { createStyle, type Style, type Terminal } from './style.ts';

export interface ProgressStream extends Terminal {
  write(text: string): unknown;
}

export interface StepOutcome {
  readonly ok: boolean;
  /** A word on how it went, shown behind the label. */
  readonly note?: string;
}

export interface Progress {
  /**
   * Runs one step and shows how it goes: a spinner with the latest line of output on a terminal; elsewhere one line when it
   * is over.
   *
   * @param label what is done, as an imperative: `Install dependencies with npm`
   * @param work gets a function that shows a line of output
   */
  step<Outcome extends StepOutcome>(
    label: string,
    work: (show: (line: string) => void) => Promise<Outcome>,
  ): Promise<Outcome>;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR_LINE = '\r\u001b[2K';

/** Progress on a stream, which is stderr in the command line: stdout is for results. */
export function createProgress(stream: ProgressStream, env: NodeJS.ProcessEnv = process.env): Progress {
  const style = createStyle(stream, env);
  const run = stream.isTTY && env.TERM !== 'dumb' ? spin : runPlainly;
  return {
    step: async (label, work) => {
      const started = performance.now();
      const report = (outcome: StepOutcome): void => {
        stream.write(`${formatOutcome(label, outcome, performance.now() - started, style)}\n`);
      };
      const outcome = await run(stream, style, label, work).catch((error: unknown) => {
        report({ ok: false });
        throw error;
      });
      report(outcome);
      return outcome;
    },
  };
}

/** Progress for `--json` and tests: shows nothing. */
export const SILENT: Progress = { step: (_label, work) => work(() => undefined) };

type Run = <Outcome>(
  stream: ProgressStream,
  style: Style,
  label: string,
  work: (show: (line: string) => void) => Promise<Outcome>,
) => Promise<Outcome>;

const runPlainly: Run = (_stream, _style, _label, work) => work(() => undefined);

const spin: Run = async (stream, style, label, work) => {
  let frame = 0;
  let latest = '';
  const draw = (): void => {
    const width = (stream.columns || 80) - 1;
    const sign = FRAMES[frame++ % FRAMES.length] ?? '';
    const room = width - label.length - 4;
    const detail = room > 10 && latest ? `  ${style.dim(truncate(latest, room))}` : '';
    stream.write(`${CLEAR_LINE}${style.cyan(sign)} ${truncate(label, width - 2)}${detail}`);
  };
  stream.write(HIDE_CURSOR);
  draw();
  const timer = setInterval(draw, FRAME_MS);
  const restore = (): void => {
    clearInterval(timer);
    stream.write(CLEAR_LINE + SHOW_CURSOR);
  };
  const outcome = await withCleanup(restore, () =>
    work((line) => {
      latest = stripVTControlCharacters(line).trim() || latest;
    }),
  );
  restore();
  return outcome;
};

function formatOutcome(label: string, { ok, note }: StepOutcome, elapsed: number, style: Style): string {
  const sign = ok ? style.green('✔') : style.red('✖');
  return `${sign} ${label} ${style.dim(`(${formatDuration(elapsed)})`)}${note ? `: ${note}` : ''}`;
}
