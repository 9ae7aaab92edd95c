import { routingProblems } from './routing.mjs';

const GOOD = `route:
  receiver: tickets
  routes:
    - matchers: [alertname = "Watchdog"]
      receiver: dead-man
    - matchers: [severity = "page"]
      receiver: pager
inhibit_rules:
  - source_matchers: [alertname = "Down"]
    target_matchers: [alertname =~ "Slow|Late.*"]
receivers:
  - name: tickets
  - name: dead-man
  - name: pager
`;
const problems = (text: string) =>
  routingProblems(text, { file: 'am.yml', alerts: ['Watchdog', 'Down', 'Slow', 'LateAgain'] });

describe('the routing of alerts', () => {
  it('is good where every name leads somewhere', () => {
    expect(problems(GOOD)).toEqual([]);
  });

  it.each([
    [
      'receiver: pager',
      'receiver: phone',
      'am.yml:7: there is no receiver phone: define it, or write one of tickets, dead-man, pager',
    ],
    ['"Watchdog"', '"Watchcat"', 'am.yml:4: there is no alert Watchcat: correct or remove it'],
    ['= "Down"', '= "Off"', 'am.yml:9: there is no alert Off: correct or remove it'],
    ['Slow|', 'Slowly|', 'am.yml:10: there is no alert Slowly: correct or remove it'],
    ['Late.*', 'Late', 'am.yml:10: there is no alert Late: correct or remove it'],
    ['route:', 'route', 'am.yml:1: is no YAML. Implicit keys need to be on a single line.'],
  ])('is bad with %j as %j', (text, by, problem) => {
    expect(problems(GOOD.replace(text, by))).toEqual([problem]);
  });
});
