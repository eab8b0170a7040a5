import { hash } from 'node:crypto';
import { z } from 'zod';
import { refuse } from '../arguments/checks.ts';
import { decodeCursor, encodeCursor } from '../arguments/cursors.ts';

/** A place in a pinned list. */
export interface ListCursor {
  /** Digest of user, filter and diversity: what a page must ask again. */
  question: string;
  /** Key of the list among the pinned ones. */
  list: string;
  /** Index in the list. */
  place: number;
}

const DIGEST_LENGTH = 16;

const digest = z.string().length(DIGEST_LENGTH);
const cursorParts = z.tuple([digest, digest, z.number().int().nonnegative().max(1_000_000)]);

export function encodeListCursor({ question, list, place }: ListCursor): string {
  return encodeCursor([question, list, place]);
}

/** @throws AppError BAD_USER_INPUT when it is no cursor, or one of a list that was asked for otherwise */
export function decodeListCursor(after: string, expectedQuestion: string): ListCursor {
  const [question, list, place] = decodeCursor(after, cursorParts);
  if (question !== expectedQuestion)
    refuse('after is a cursor of another list: user, filter and diversity must not change between pages');
  return { question, list, place };
}

/** A short digest of values; equal for equal ones. */
export function digestOf(...values: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(values), 'base64url').slice(0, DIGEST_LENGTH);
}
