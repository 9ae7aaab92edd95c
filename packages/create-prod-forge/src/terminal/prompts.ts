import type { Choice as PromptChoice, PromptObject } from 'prompts';
import { truncate, widthOf } from './format.ts';
import { Interrupted, withCleanup } from './interrupt.ts';
import { createStyle } from './style.ts';

interface PromptBase {
  /** The key of the answer. */
  readonly name: string;
  readonly message: string;
}

export interface TextPrompt extends PromptBase {
  readonly type: 'text';
  readonly initial?: string;
  /** What is wrong with the input, in one line; undefined where it is fine. */
  readonly problem?: (input: string) => string | undefined;
}

export interface ConfirmPrompt extends PromptBase {
  readonly type: 'confirm';
  readonly initial: boolean;
}

export interface SelectPrompt extends PromptBase {
  readonly type: 'select';
  /** The value that is chosen at first; the first choice without it. */
  readonly initial?: string;
  readonly choices: readonly {
    readonly value: string;
    readonly title: string;
    /** What the choice adds, shown beside it. */
    readonly description?: string;
  }[];
}

export type Prompt = TextPrompt | ConfirmPrompt | SelectPrompt;

const SHOW_CURSOR = '\u001b[?25h';
const ERASE_BELOW = '\u001b[J';

/** True where questions can be asked and answered: both ends are a terminal that can move its cursor. */
export function isInteractive(env: NodeJS.ProcessEnv = process.env): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && env.TERM !== 'dumb';
}

/**
 * Asks the questions one after the other, on stderr.
 *
 * @returns the answers by name
 * @throws Interrupted when the user cancels (Ctrl-C, Ctrl-D, Escape); the terminal is as it was
 */
export async function ask(questions: readonly Prompt[]): Promise<Readonly<Record<string, string | boolean>>> {
  const { default: prompts } = await import('prompts');
  return withCleanup(showCursor, () =>
    prompts(questions.map(toPromptObject), {
      onCancel: () => {
        throw new Interrupted();
      },
    }),
  );
}

function showCursor(): void {
  process.stderr.write(SHOW_CURSOR);
}

/** Asks one question whose answer is yes or no; throws as `ask`. */
export async function confirm(message: string, initial = true): Promise<boolean> {
  const { confirmed } = await ask([{ type: 'confirm', name: 'confirmed', message, initial }]);
  return confirmed === true;
}

function toPromptObject(prompt: Prompt): PromptObject {
  const base = { name: prompt.name, message: prompt.message, stdout: process.stderr };
  if (prompt.type === 'confirm') return { ...base, type: 'confirm', initial: prompt.initial };
  if (prompt.type === 'text') {
    const validate = (input: string): string | true => prompt.problem?.(input) ?? true;
    return {
      ...base,
      type: 'text',
      initial: prompt.initial ?? '',
      validate,
      onRender() {
        drawErrorInFull(this as unknown as TextState);
      },
    };
  }
  const chosen = prompt.choices.findIndex(({ value }) => value === prompt.initial);
  return {
    ...base,
    type: 'select',
    choices: describeChoices(prompt),
    initial: Math.max(chosen, 0),
    onRender() {
      shortenChosen(this as unknown as SelectState, prompt);
    },
  };
}

/** The state of a text prompt, as its `onRender` sees it. */
interface TextState {
  readonly firstRender: boolean;
  readonly error?: boolean;
  readonly errorMsg: string;
  /** The error as it was drawn. */
  outputError: string;
  render: () => void;
}

/**
 * Draws and erases the error of a text prompt: prompts counts one line less where the error wraps, and erases one of what
 * stands above instead; at the end of the screen it draws on the wrong line.
 */
function drawErrorInFull(state: TextState): void {
  if (!state.firstRender) return;
  const render = state.render.bind(state);
  state.render = () => {
    if (state.outputError) process.stderr.write(ERASE_BELOW);
    state.outputError = '';
    if (state.error) {
      const rows = Math.ceil((state.errorMsg.length + 2) / (process.stderr.columns || 80));
      process.stderr.write(`${'\n'.repeat(rows)}\u001b[${rows}A`);
    }
    render();
  };
}

/** The select prompt shows the description of one choice at a time; all of them are wanted for comparison. */
function describeChoices({ choices }: SelectPrompt): PromptChoice[] {
  const style = createStyle(process.stderr);
  const longest = Math.max(...choices.map(({ title }) => title.length));
  const room = widthOf(process.stderr) - longest - 6;
  return choices.map(({ value, title, description }) => ({
    value,
    title: description ? `${title.padEnd(longest)}  ${style.dim(truncate(description, room))}` : title,
  }));
}

/** The state of a select prompt, as its `onRender` sees it. */
interface SelectState {
  readonly done?: boolean;
  readonly choices: { title: string }[];
}

/** What stays on the screen after the answer is its title alone. */
function shortenChosen(state: SelectState, prompt: SelectPrompt): void {
  if (!state.done) return;
  prompt.choices.forEach(({ title }, index) => {
    const choice = state.choices[index];
    if (choice) choice.title = title;
  });
}
