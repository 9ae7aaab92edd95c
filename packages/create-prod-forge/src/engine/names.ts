import validateNpmName from 'validate-npm-package-name';
import { deriveDatabase, deriveSlug, deriveTitle } from './derived-names.ts';
import { InputError } from './errors.ts';
import type { ServiceNames } from './feature.ts';
import { quote } from './quote.ts';

/** npm's limit, scope included. */
const LONGEST = 214;

/** A name that is always valid: what is suggested when nothing of the input can be kept. */
const EXAMPLE = 'my-api';

const SCOPED = /^@([^/]*)\/([^/]*)$/;

interface Rule {
  readonly code: string;
  /** Completes the sentence `"x" can't be the name of a service: …`. */
  readonly reason: string;
  /** @param whole the full name; @param part the name without its scope */
  readonly broken: (whole: string, part: string, scope: string | undefined) => boolean;
}

/** In the order in which a person would want to hear of them. */
const RULES: readonly Rule[] = [
  { code: 'name-empty', reason: 'it is empty', broken: (whole, part) => !whole.trim() || !part.trim() },
  {
    code: 'name-control-characters',
    reason: 'it contains control characters',
    broken: (whole) => /\p{Cc}/u.test(whole),
  },
  {
    code: 'name-is-path',
    reason: 'it is a path',
    broken: (_, part) => /[/\\]/.test(part) || /^\.+$/.test(part),
  },
  {
    code: 'name-not-ascii',
    reason: 'it contains characters beyond plain ASCII',
    broken: (whole) => /[^\p{ASCII}]/u.test(whole),
  },
  { code: 'name-spaces', reason: 'it contains spaces', broken: (whole) => /\s/.test(whole) },
  {
    code: 'name-characters',
    reason: 'it contains characters other than letters, digits, ".", "_" and "-"',
    broken: (_, part, scope) => /[^\w.-]/.test(part) || (scope !== undefined && /[^\w.-]/.test(scope)),
  },
  {
    code: 'name-upper-case',
    reason: 'it contains upper-case letters',
    broken: (whole) => /[A-Z]/.test(whole),
  },
  {
    code: 'name-start',
    reason: 'it must start with a letter or a digit',
    broken: (_, part, scope) => /^[._-]/.test(part) || (scope !== undefined && !/^[a-z0-9]/.test(scope)),
  },
  { code: 'name-end', reason: 'Windows drops a dot at the end', broken: (_, part) => part.endsWith('.') },
  {
    code: 'name-too-long',
    reason: `it is longer than ${LONGEST} characters`,
    broken: (whole) => whole.length > LONGEST,
  },
  {
    code: 'name-reserved-by-windows',
    reason: 'Windows reserves it for a device',
    broken: (_, part) => /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/.test(part),
  },
  {
    code: 'name-reserved-by-npm',
    reason: 'npm reserves it',
    broken: (_, part) => /^(node_modules|favicon\.ico)$/.test(part),
  },
  {
    code: 'name-of-node-module',
    reason: 'a module of Node has this name',
    broken: (whole) => !validateNpmName(whole).validForNewPackages,
  },
];

/**
 * The forms of a service's name, each valid where it is used.
 *
 * @param input an npm package name, with or without a scope
 * @throws InputError when npm, a file system, PostgreSQL, Docker or AWS could not use it; names the closest name that works
 */
export function deriveNames(input: string): ServiceNames {
  const broken = brokenRule(input);
  if (broken) {
    throw new InputError({
      code: broken.code,
      what: `${quote(input)} can't be the name of a service: ${broken.reason}.`,
      remedy: `Use "${closestName(input)}" instead, as the directory or with --name.`,
    });
  }
  const { part } = splitScope(input);
  return {
    packageName: input,
    slug: deriveSlug(part),
    database: deriveDatabase(part),
    title: deriveTitle(part),
  };
}

/** The valid name that is most like the input; the input itself where it is valid. */
export function closestName(input: string): string {
  if (!brokenRule(input)) return input;
  const { scope, part } = splitScope(input);
  const cleanScope = scope === undefined ? '' : clean(scope);
  const prefix = cleanScope ? `@${cleanScope}/` : '';
  const name = clean(part.split(/[/\\]/).findLast(clean) ?? '');
  const candidates = [name, name.replaceAll('.', '-'), `${name}-api`].map((candidate) =>
    `${prefix}${candidate}`.slice(0, LONGEST).replace(/[._-]+$/, ''),
  );
  return candidates.find((candidate) => !brokenRule(candidate)) ?? EXAMPLE;
}

function brokenRule(name: string): Rule | undefined {
  const { scope, part } = splitScope(name);
  return RULES.find((rule) => rule.broken(name, part, scope));
}

function splitScope(name: string): { readonly scope: string | undefined; readonly part: string } {
  const match = SCOPED.exec(name);
  return { scope: match?.[1], part: match?.[2] ?? name };
}

function clean(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
}
