import { isUtf8 } from 'node:buffer';
import { homedir, hostname } from 'node:os';
import { root } from '../../support/root.ts';
import type { Law } from './law.ts';

const TODAY = new Date().toISOString().slice(0, 10);

/** The registry that this machine installs from, and npm's own. */
const REGISTRIES = [process.env['npm_config_registry'] ?? '', 'https://registry.npmjs.org/']
  .filter(Boolean)
  .map((url) => new URL(url).host);

/** What no rendered text may hold, by what it is. */
const BANNED: readonly (readonly [string, (text: string) => boolean])[] = [
  ['a carriage return', (text) => text.includes('\r')],
  ['no newline at its end, or several', (text) => text !== '' && !/[^\n]\n$/.test(text)],
  ['a blank at the end of a line', (text) => /[ \t]$/m.test(text)],
  ['a path of this machine', (text) => text.includes(root) || text.includes(`${homedir()}/.`)],
  ['the name of this machine', (text) => hostname().length > 3 && text.includes(hostname())],
  ["today's date", (text) => text.includes(TODAY)],
  ['the host of a registry', (text) => REGISTRIES.some((host) => text.includes(host))],
  ['an object that was printed as text', (text) => text.includes('[object Object]')],
  ['a mark of work that is not done', (text) => /\b(TODO|FIXME|XXX)\b(?!S)/.test(text)],
];

/** Rendered texts carry nothing of the machine or the moment, and are whole. */
export const hygiene: Law = ({ projects }) =>
  projects.flatMap(({ title, files }) =>
    [...files]
      .filter(([, content]) => isUtf8(content))
      .flatMap(([path, content]) =>
        BANNED.filter(([, offends]) => offends(content.toString())).map(
          ([what]) => `${title}: ${path} has ${what}`,
        ),
      ),
  );
