import { HttpStatus } from '@nestjs/common';
import { ProblemException } from '../problem/problem';

const TAG = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/;

/** The strong entity tag (RFC 9110) of a version of a resource, e.g. `"3"`. */
export function entityTag(version: number): string {
  return `"${version}"`;
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
  return header.split(',').map((text) => {
    const [match, weak, opaque = ''] = TAG.exec(text.trim()) ?? [];
    if (match === undefined) {
      throw new ProblemException(
        HttpStatus.BAD_REQUEST,
        `${name} must be * or entity tags such as ${entityTag(3)}, separated by commas.`,
      );
    }
    return { weak: weak !== undefined, opaque };
  });
}
