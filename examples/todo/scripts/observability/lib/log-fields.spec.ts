import { fieldsOf, namesWritten } from './log-fields.mjs';

describe('the fields of a line', () => {
  it('are those of objects too, and end where causes go on', () => {
    const error = {
      type: 'object',
      properties: { type: { type: 'string' }, cause: { $ref: '#/$defs/error' } },
    };
    const schema = {
      properties: { msg: { type: 'string' }, list: { type: 'array' }, err: { $ref: '#/$defs/error' } },
      $defs: { error },
    };
    expect(fieldsOf(schema)).toEqual(['msg', 'err_type', 'err_cause_type', 'err_cause_cause_type']);
  });
});

describe('the names in lines', () => {
  it('are those of their labels, their metadata and their fields', () => {
    const lines = [
      { level: 'info', service: 'todo', msg: 'request completed', request_id: 'a', list: ['b'] },
      { level: 'error', service: 'todo', err: { message: 'c', cause: { code: 'd' } } },
    ];
    expect(namesWritten(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))).toEqual({
      labels: ['service', 'level'],
      metadata: ['request_id'],
      fields: ['level', 'service', 'msg', 'request_id', 'err_message', 'err_cause_code'],
    });
  });
});
