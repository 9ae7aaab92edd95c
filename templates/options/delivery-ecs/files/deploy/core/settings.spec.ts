import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsOf } from '#deploy/core/settings';

const text = readFileSync(join('deploy', 'environments.json'), 'utf8');

describe('the settings', () => {
  it('are there for staging and production, which is looked at for longer, and copied first', () => {
    const [staging, production] = ['staging', 'production'].map((name) => settingsOf(text, name));
    expect(production?.bakeSeconds).toBeGreaterThan(staging?.bakeSeconds ?? Infinity);
    expect(production?.snapshot).toBe(true);
  });

  it('are refused where an environment is not there, or a number is none', () => {
    expect(() => settingsOf(text, 'prod')).toThrow('There is no environment prod: staging or production.');
    expect(() => settingsOf(text, 'toString')).toThrow('There is no environment toString');
    expect(() => settingsOf('{"x":{"snapshot":true,"bakeSeconds":0}}', 'x')).toThrow('x.bakeSeconds must be');
    const numbers = { bakeSeconds: 1, rolloutMinutes: 1, migrationMinutes: 1, pollSeconds: 1 };
    expect(() => settingsOf(JSON.stringify({ x: numbers }), 'x')).toThrow('x.snapshot must be');
    const unknown = { ...numbers, snapshot: true, smoke: 'none' };
    expect(() => settingsOf(JSON.stringify({ x: unknown }), 'x')).toThrow('x.smoke must be');
  });

  it('have smoke tests write, unless they say otherwise', () => {
    const least = { bakeSeconds: 1, rolloutMinutes: 1, migrationMinutes: 1, pollSeconds: 1, snapshot: true };
    const smokeOf = (more: object) => settingsOf(JSON.stringify({ x: { ...least, ...more } }), 'x').smoke;
    expect([smokeOf({}), smokeOf({ smoke: 'read-only' })]).toEqual(['writing', 'read-only']);
  });
});
