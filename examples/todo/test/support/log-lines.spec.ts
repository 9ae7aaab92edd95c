import { readFileSync } from 'node:fs';
import { tableIn } from './documentation';
import { LogLines } from './log-lines';

const LINE = {
  level: 'info',
  time: '2026-01-31T12:00:00.000Z',
  service: 'todo',
  environment: 'test',
  version: '1.0.0',
  msg: 'request completed',
  request_id: '12345678',
  method: 'GET',
  route: '/v1/todos',
  status: 200,
  duration_ms: 1.5,
  bytes: 100,
};
const ERR = { type: 'Error', message: 'no' };

function check(...texts: string[]) {
  const lines = new LogLines();
  for (const text of texts) lines.add(text);
  return lines.check();
}

describe('the schema of the log', () => {
  it.each([
    ['an access log', {}],
    ['an error with its stack', { level: 'error', status: 500, err: { ...ERR, stack: 'at …' } }],
    ['an error of the client without one', { level: 'warn', status: 404, err: ERR }],
  ])('takes %s', (_, fields) => {
    const line = { ...LINE, ...fields };
    expect(check(JSON.stringify(line), '\n')).toEqual([line]);
  });

  it.each([
    ['a field that is not documented', { surprise: 1 }],
    ['an access log without its id', { request_id: undefined }],
    ['an access log without its bytes', { bytes: undefined }],
    ['a level as a number', { level: 30 }],
    ['a time in milliseconds', { time: 1_700_000_000_000 }],
    ['a path instead of a template', { route: 'v1/todos/1' }],
    ['a 500 that is no error', { status: 500 }],
    ['the stack of a 404', { level: 'warn', status: 404, err: { ...ERR, stack: 'at …' } }],
    ['an error with the values of its query', { err: { ...ERR, parameters: [] } }],
  ])('refuses %s', (_, fields) => {
    expect(() => check(`${JSON.stringify({ ...LINE, ...fields })}\n`)).toThrow('log-line.schema.json');
  });

  it('refuses what is no JSON, and waits for the end of a line', () => {
    expect(() => check('hello\n')).toThrow('no JSON: hello');
    expect(check('{"level":')).toEqual([]);
  });

  it('has the fields that the documentation explains, and no others', () => {
    const schema = JSON.parse(readFileSync('src/observability/log-line.schema.json', 'utf8')) as {
      properties: Record<string, unknown>;
    };
    const explained = tableIn('docs/observability.md', 'Fields of a log line').map(({ field }) => field);
    expect(explained.toSorted()).toEqual(Object.keys(schema.properties).toSorted());
  });
});
