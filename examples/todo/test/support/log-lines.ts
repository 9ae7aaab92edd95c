import { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';

export type LogLine = Readonly<Record<string, unknown>>;

const SCHEMA = 'src/observability/log-line.schema.json';
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
const isLogLine = ajv.compile<LogLine>(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

/** The lines that a process writes, each of which has to match the schema of the log. */
export class LogLines {
  private readonly lines: LogLine[] = [];
  private readonly faults: string[] = [];
  private rest = '';

  add(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.read(line);
  }

  /**
   * @returns the complete lines so far.
   * @throws Error with every line that is not JSON or does not match the schema.
   */
  check(): readonly LogLine[] {
    if (this.faults.length > 0) throw new Error(`Not as ${SCHEMA} has it:\n${this.faults.join('\n')}`);
    return this.lines;
  }

  private read(line: string): void {
    try {
      const value: unknown = JSON.parse(line);
      if (isLogLine(value)) this.lines.push(value);
      else this.faults.push(`${ajv.errorsText(isLogLine.errors, { dataVar: 'line' })}: ${line}`);
    } catch {
      this.faults.push(`no JSON: ${line}`);
    }
  }
}
