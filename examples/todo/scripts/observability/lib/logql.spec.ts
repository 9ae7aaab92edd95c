import { readFileSync } from 'node:fs';
import { LABELS, METADATA, fieldsOf } from './log-fields.mjs';
import { logqlProblems, windowsOf } from './logql.mjs';

const names = {
  labels: LABELS,
  metadata: METADATA,
  fields: fieldsOf(JSON.parse(readFileSync('src/observability/log-line.schema.json', 'utf8'))),
};

describe('a query of LogQL', () => {
  it.each([
    [
      'of lines',
      '{service="todo", level=~"error|fatal"} |= `refused` | json | status >= 500 and duration_ms > 100',
    ],
    ['of one request', '{service=~"$service"} | request_id="$request_id"'],
    [
      'of fields within fields',
      '{service="todo"} | json | err_cause_code="57P01" | line_format "{{.err_message}}"',
    ],
    [
      'that extracts by name',
      '{service="todo"} | json reason="err.message", status | reason!="" | status=500',
    ],
    ['of a rate', 'sum by (level) (rate({service="todo"}[$__auto]))'],
    [
      'of numbers',
      'quantile_over_time(0.95, {service="todo"} | json | unwrap duration_ms | __error__="" [5m]) by (route)',
    ],
    ['of other containers', '{service="postgres"} | regexp "^(?P<severity>[A-Z]+):" | severity="ERROR"'],
    [
      'of a share',
      'sum by (service) (rate({level="error"}[5m])) / on (service) sum by (service) (rate({level=~".+"}[5m]))',
    ],
    [
      'that renames',
      '{service="todo"} | json | label_format took="{{.duration_ms}} ms" | line_format "{{.took}}"',
    ],
  ])('%s is right', (_, query) => {
    expect(logqlProblems(query, names)).toEqual([]);
  });

  it.each([
    ['{service="todo"', 'is no LogQL from here on: the end'],
    ['{}', 'is no LogQL from here on: }'],
    ['{service=todo}', 'is no LogQL from here on: todo}'],
    ['{service="todo"} | jsn', 'is no LogQL from here on: the end'],
    ['rate({service="todo"})', 'is no LogQL from here on: )'],
    ['sum(rate({service="todo"}[5m])', 'is no LogQL from here on: the end'],
    ['{container="todo"}', 'there is no container to select by, which takes a label'],
    ['{request_id="1"}', 'there is no request_id to select by, which takes a label'],
    ['{service="todo"} | status=500', 'there is no status to filter by'],
    ['{service="todo"} | json | state=500', 'there is no state to filter by'],
    ['{service="todo"} | json | status=500 or (took > 3)', 'there is no took to filter by'],
    ['{service="todo"} | json reason="error.message"', 'there is no error_message to extract'],
    ['{service="todo"} | json status | route="/"', 'there is no route to filter by'],
    ['{service="todo"} | json | line_format "{{.message}}"', 'there is no message to write'],
    ['{service="todo"} | json | label_format took=duration', 'there is no duration to rename'],
    ['{service="todo"} | json | keep path', 'there is no path to use'],
    ['sum_over_time({service="todo"} | json | unwrap size [5m])', 'there is no size to use'],
    ['sum by (pod) (rate({service="todo"}[5m]))', 'there is no pod to group by'],
    ['sum by (route) (rate({service="todo"}[5m]))', 'there is no route to group by'],
    ['max by (route) (sum by (level) (rate({service="todo"} | json [5m])))', 'there is no route to group by'],
    ['{service="todo"} | logfmt', 'reads lines by logfmt, but they are JSON'],
  ])('%s is wrong', (query, problem) => {
    expect(logqlProblems(query, names)).toEqual([problem]);
  });

  it('counts lines over windows, which no text in a query is', () => {
    const query = 'sum(count_over_time({service="[a]"} |~ `[bc]` [5m])) / sum(rate({service="d"}[$__auto]))';
    expect(windowsOf(query)).toEqual(['5m', '$__auto']);
  });
});
