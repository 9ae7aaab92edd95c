import { HttpStatus } from '@nestjs/common';
import { ProblemException } from '../problem/problem';

const TAG = String.raw`(W/)?"([!#-~\x80-\xff]*)"`;

/** What `If-Match` and `If-None-Match` may say: `*`, or entity tags separated by commas. */
export const TAGS_PATTERN = String.raw`^(\*|${TAG}([ \t]*,[ \t]*${TAG})*)$`;

/** The strong entity tag (RFC 9110) of a version of a resource, e.g. `"3"`. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** The headers of an answer with a version: its client may keep it, and asks each time whether it still is the current one. */
export function versionHeaders(version: number) {
  return { etag: entityTag(version), 'cache-control': 'private, no-cache' } as const;
}

/**
 * The versions that `If-Match` accepts; undefined where it accepts any. A weak tag and one that is not ours accept
 * nothing.
 *
 * @throws ProblemException 400 where the header is malformed.
 */
export function versionsOfIfMatch(header: string): readonly number[] | undefined {
  if (header.trim() === '*') return undefined;
  return parse(header, 'If-Match').flatMap(({ weak, opaque }) =>
    !weak && /^\d{1,9}$/.test(opaque) ? [Number(opaque)] : [],
  );
}

/**
 * Whether `If-None-Match` names this version, so that the client has it already.
 *
 * @throws ProblemException 400 where the header is malformed.
 */
export function isNamedByIfNoneMatch(header: string, version: number): boolean {
  if (header.trim() === '*') return true;
  return parse(header, 'If-None-Match').some(({ opaque }) => opaque === String(version));
}

function parse(header: string, name: string): { weak: boolean; opaque: string }[] {
  if (!new RegExp(TAGS_PATTERN).test(header.trim())) {
    throw new ProblemException(
      HttpStatus.BAD_REQUEST,
      `${name} must be * or entity tags such as ${entityTag(3)}, separated by commas.`,
    );
  }
  return [...header.matchAll(new RegExp(TAG, 'g'))].map(([, weak, opaque = '']) => ({
    weak: weak !== undefined,
    opaque,
  }));
}
