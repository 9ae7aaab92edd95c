import { readFileSync } from 'node:fs';
import { alloyProblems } from './alloy.mjs';

const FILE = 'observability/alloy/config.alloy';
const text = readFileSync(FILE, 'utf8');

describe("Alloy's configuration", () => {
  it('is right', () => {
    expect(alloyProblems(text, FILE)).toEqual([]);
  });

  it.each([
    [
      'a block that is not closed',
      (good: string) => good.trimEnd().slice(0, -1),
      /: a name is expected, not end$/,
    ],
    [
      'a list that is not closed',
      (good: string) => good.replace('.receiver]', '.receiver'),
      /: a bracket is not closed$/,
    ],
    [
      'a string that is not closed',
      (good: string) => good.replace('"time"', '"time'),
      /: can not be read: "time$/,
    ],
    [
      'a value that is missing',
      (good: string) => good.replace(/ = "RFC.*/, ' ='),
      /:\d+: a value is missing$/,
    ],
    [
      'a misspelt component',
      (good: string) => good.replace('[loki.write.local.', '[loki.write.locale.'),
      /:\d+: nothing is called loki\.write\.locale\.receiver$/,
    ],
    [
      'a component that is removed',
      (good: string) => good.replace('loki.process "lines"', 'loki.process "line"'),
      /:\d+: nothing is called loki\.process\.lines\.receiver$/,
    ],
    [
      'a component twice',
      (good: string) => good.replace('loki.source.api "alerts"', 'loki.write "local"'),
      /:\d+: there is another loki\.write\.local$/,
    ],
    [
      'a component without a label',
      (good: string) => good.replace('loki.write "local"', 'loki.write'),
      /:\d+: loki\.write has no label, or is no component$/,
    ],
    [
      'a label that is never the same',
      (good: string) =>
        good.replace('level = "" }\n  }\n\n  stage.str', 'request_id = "" }\n  }\n\n  stage.str'),
      /:\d+: request_id is no label/,
    ],
    [
      'the name of a container as a label',
      (good: string) => good.replace('"service"\n', '"container"\n'),
      /:\d+: container is no label/,
    ],
  ])('is refused with %s', (_, change, problem) => {
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(alloyProblems(changed, FILE)).toContainEqual(expect.stringMatching(problem));
  });
});
