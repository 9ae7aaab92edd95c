import { commandProblems, queriesIn, readRunbooks } from './runbooks.mjs';

const runbooks = new Map([
  ['one.md', '# One\n\n```promql\nup == 0\n```\n\n```logql\n{a="b"}\n```\n\n```promql\nrate(a[5m])\n```\n'],
  ['two.md', '# Two\n\n```sh\nls\n```\n'],
]);

describe('the queries of runbooks', () => {
  it('are found with their lines', () => {
    expect(queriesIn('promql', runbooks)).toEqual([
      { where: 'one.md:4', expr: 'up == 0' },
      { where: 'one.md:12', expr: 'rate(a[5m])' },
    ]);
    expect(queriesIn('logql', runbooks)).toEqual([{ where: 'one.md:8', expr: '{a="b"}' }]);
  });
});

describe('the commands of runbooks', () => {
  const services: Record<string, string[]> = { 'compose.yaml': ['api', 'db'], 'more.yaml': ['loki'] };
  const problems = (command: string) =>
    commandProblems(new Map([['one.md', `# One\n\n${command}\n`]]), (file) => services[file] ?? []);

  it.each([
    'docker compose ps --all',
    'docker compose logs --since 1h api db | grep failed',
    'docker compose logs api > api.log',
    "docker compose exec db sh -c 'psql'",
    'Start it (`docker compose start db`), once.',
    'docker compose -f compose.yaml -f more.yaml kill -s HUP loki',
    'docker compose -f compose.yaml -f more.yaml logs <service>',
  ])('are right: %s', (command) => {
    expect(problems(command)).toEqual([]);
  });

  it.each([
    ['docker compose logs loki', 'loki in compose.yaml'],
    ['docker compose exec loki db', 'loki in compose.yaml'],
    ['docker compose run --rm migrate', 'migrate in compose.yaml'],
    ['docker compose -f compose.yaml -f more.yaml up -d api tempo', 'tempo in compose.yaml and more.yaml'],
  ])('are refused: %s', (command, service) => {
    expect(problems(command)).toEqual([`one.md:3: there is no service ${service}: correct it`]);
  });

  it('name services that there are', () => {
    expect(commandProblems(readRunbooks())).toEqual([]);
  });
});
