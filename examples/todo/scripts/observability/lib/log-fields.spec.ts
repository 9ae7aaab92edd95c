import { fieldsOf } from './log-fields.mjs';

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
