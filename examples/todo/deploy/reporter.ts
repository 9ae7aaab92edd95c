import { appendFileSync } from 'node:fs';
import { statusOf } from '#deploy/core/exits';
import { asLines, asMarkdown, asOutputs, type Outcome } from '#deploy/core/outcome';

/** Tells people what goes on, and machines how it ended. */
export class Reporter {
  private readonly json: boolean;
  private last = '';

  constructor(json: boolean) {
    this.json = json;
  }

  step(text: string): void {
    this.line(`\n${text}`);
  }

  /** Says the same only once in a row: a wait repeats itself. */
  progress(text: string): void {
    if (text !== this.last) this.line(`  ${text}`);
  }

  line(text: string): void {
    this.last = text.trim();
    (this.json ? process.stderr : process.stdout).write(`${text}\n`);
  }

  /** Something that a person should see to, and that changes nothing about how it ends. */
  warn(text: string): void {
    this.line(`${process.env.GITHUB_ACTIONS ? '::warning::' : 'Warning: '}${text}`);
  }

  end(title: string, outcome: Outcome): void {
    for (const line of ['', ...asLines(outcome)]) this.line(line);
    if (this.json)
      process.stdout.write(
        `${JSON.stringify({ ...outcome, status: statusOf(outcome.ending) }, undefined, 2)}\n`,
      );
    const summary = process.env.GITHUB_STEP_SUMMARY;
    if (summary) appendFileSync(summary, asMarkdown(title, outcome));
    const outputs = process.env.GITHUB_OUTPUT;
    if (outputs) appendFileSync(outputs, asOutputs(outcome));
  }
}
