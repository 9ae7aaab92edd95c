import { HttpStatus } from '@nestjs/common';
import { ProblemException } from '../common/problem/problem';

/** The 16 bytes of a UUID as base64url. */
export const CURSOR_PATTERN = '^[A-Za-z0-9_-]{22}$';

/** The opaque cursor that continues a list after the todo with this id. */
export function encodeCursor(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

/**
 * The id after which a list continues.
 *
 * @throws ProblemException 400 where the text is no cursor of ours.
 */
export function decodeCursor(cursor: string): string {
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!new RegExp(CURSOR_PATTERN).test(cursor) || id[14] !== '7' || encodeCursor(id) !== cursor) {
    throw new ProblemException(HttpStatus.BAD_REQUEST, 'The cursor is not one that this service gave out.');
  }
  return id;
}
