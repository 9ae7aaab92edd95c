import { InputError } from './errors.ts';
import { quote } from './quote.ts';

/** Where the project goes and what it is called unless another name is given. */
export interface Target {
  /** Normalised, with `/` as separator; relative paths stay relative, and the current folder is `.`. */
  readonly directory: string;
  /** The package name that the directory stands for; not validated yet. */
  readonly name: string;
}

export interface Surroundings {
  /** The name (not the path) of the current folder. */
  readonly currentFolder: string;
  /** True where a path may start with a drive or a share. */
  readonly windows?: boolean;
}

/**
 * Reads the directory argument: `my-api`, `./my-api`, `apps/my-api`, an absolute path, `.`, or a scoped package name, which
 * renders `@acme/my-api` into `my-api`. Either separator is understood.
 *
 * @throws InputError for a path that leaves its folder (`..`), has no last segment, or means something else elsewhere
 */
export function parseTarget(input: string, { currentFolder, windows = false }: Surroundings): Target {
  if (!input.trim()) throw refused(input, 'it is empty', 'directory-empty');
  if (/\p{Cc}/u.test(input))
    throw refused(input, 'it contains control characters', 'directory-control-characters');

  const scoped = /^@[^/\\]+[/\\]([^/\\]+)$/.exec(input);
  if (scoped?.[1] && !/^\.+$/.test(scoped[1])) {
    return { directory: scoped[1], name: input.replace('\\', '/') };
  }

  const { root, rest } = splitRoot(input.replaceAll('\\', '/'), windows);
  const segments = rest.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) {
    throw refused(input, '".." leaves the folder that it starts in', 'directory-traversal', nameOf(segments));
  }
  if (segments[0] === '~' && root === '') {
    throw refused(input, 'the shell left "~" as it is', 'directory-home', nameOf(segments.slice(1)));
  }
  if (segments.some((segment) => segment.includes(':'))) {
    throw refused(
      input,
      'a ":" in it means a drive or a stream on Windows',
      'directory-colon',
      nameOf(segments),
    );
  }
  const name = segments.at(-1);
  if (name !== undefined) return { directory: root + segments.join('/'), name };
  if (root === '') return { directory: '.', name: currentFolder };
  throw refused(input, 'it is the root of the file system', 'directory-is-root');
}

function splitRoot(path: string, windows: boolean): { readonly root: string; readonly rest: string } {
  const [drive] = (windows && /^[a-z]:(?=\/)/i.exec(path)) || [''];
  const share = windows && /^\/\/[^/]/.test(path);
  const slashes = /^\/*/.exec(path.slice(drive.length))?.[0] ?? '';
  return { root: drive + (share ? '//' : slashes && '/'), rest: path.slice(drive.length + slashes.length) };
}

function nameOf(segments: readonly string[]): string | undefined {
  return segments.findLast((segment) => segment !== '..')?.replaceAll(':', '');
}

function refused(input: string, reason: string, code: string, name = 'my-api'): InputError {
  return new InputError({
    code,
    what: `${quote(input)} can't be the directory: ${reason}.`,
    remedy: `Give a folder under the current one, such as ${quote(name || 'my-api')}, or a full path.`,
  });
}
