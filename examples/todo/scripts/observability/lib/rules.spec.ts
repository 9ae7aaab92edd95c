import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from './files.mjs';
import { LOKI_RULES, readRules, withExternalLabels } from './rules.mjs';

const rules = filesIn(LOKI_RULES).flatMap(readRules);

describe('the rules of Loki', () => {
  it('look for messages that are written', () => {
    const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => readFileSync(join('src', file), 'utf8'))
      .join('\n');
    const messages = rules.flatMap(({ expr }) =>
      [...expr.matchAll(/msg!?[=~]{1,2}"([^"]+)"/g)].flatMap(([, value = '']) => value.split('|')),
    );
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter((message) => !code.includes(`'${message}'`))).toEqual([]);
  });

  it('link to where those of Prometheus do', () => {
    expect(rules.map(({ annotations }) => withExternalLabels(annotations))).toEqual(
      rules.map((): unknown =>
        expect.objectContaining({
          runbook_url: expect.stringContaining(
            '{{ $externalLabels.repository_url }}/blob/main/docs/runbooks/',
          ),
          dashboard_url: expect.stringContaining('{{ $externalLabels.grafana_url }}/d/'),
        }),
      ),
    );
  });

  it('count what is asked for of the service alone', () => {
    const { name } = JSON.parse(readFileSync('service.json', 'utf8')) as { name: string };
    expect(rules.map(({ expr }) => expr)).toEqual(
      rules.map((): unknown => expect.stringContaining(`{service="${name}"`)),
    );
  });
});
