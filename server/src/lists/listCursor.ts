import { hash } from 'node:crypto';
import { AppError } from '@pocketrocket/runtime';
import { z } from 'zod';
import { refuse } from '../arguments/checks.ts';
import { decodeCursor, encodeCursor } from '../arguments/cursors.ts';

/** A place in a pinned list. */
export interface ListCursor {
  /** Digest of user or taste, filter and diversity: what a page must ask again. */
  question: string;
  /** Key of the list among the pinned ones. */
  list: string;
  /** Index in the list. */
  place: number;
}

const DIGEST_LENGTH = 16;

const digest = z.string().length(DIGEST_LENGTH);
/** A digest, then the number of the thread that pins the list where there are several. */
const listKey = z
  .string()
  .max(DIGEST_LENGTH + 3)
  .regex(/^[\w-]{16}(\.\d{1,2})?$/);
const cursorParts = z.tuple([digest, listKey, z.number().int().nonnegative().max(1_000_000)]);

export function encodeListCursor({ question, list, place }: ListCursor): string {
  return encodeCursor([question, list, place]);
}

/** @throws AppError BAD_USER_INPUT when it is no cursor, or one of a list that was asked for otherwise */
export function decodeListCursor(after: string, expectedQuestion: string): ListCursor {
  const [question, list, place] = decodeCursor(after, cursorParts);
  if (question !== expectedQuestion)
    refuse(
      'after is a cursor of another list: user or ratings, filter and diversity must not change between pages',
    );
  return { question, list, place };
}

/** A short digest of values; equal for equal ones. */
export function digestOf(...values: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(values), 'base64url').slice(0, DIGEST_LENGTH);
}

/** Tells revisions of a user's ratings and dismissed movies apart, and nothing else about them. */
export function ratingsRevisionOf({ ratingsState }: { ratingsState: string }): string {
  return digestOf(ratingsState);
}

/**
 * The key of a list that a thread pins: its digest and the thread's number, so that a page finds its list wherever it is asked for.
 * @param thread 0 where there is one only
 */
export function listKeyOf(digest: string, thread: number): string {
  return thread === 0 ? digest : `${digest}.${thread}`;
}

/** A list that is no longer kept, or that another thread may still keep. */
export class ListElsewhere extends AppError {
  constructor(readonly thread: number | null) {
    super('BAD_USER_INPUT', 'the list that after continues has expired; start again without after');
  }
}

/** The error of a cursor whose list this thread lacks, and cannot make again because something has changed since. */
export function missingList(key: string, thread: number): ListElsewhere {
  const keeper = Number(key.split('.')[1] ?? thread);
  return new ListElsewhere(keeper !== thread && Number.isSafeInteger(keeper) && keeper > 0 ? keeper : null);
}

/** True for keys of the same list, whichever threads pin it. */
export function isSameList(one: string, other: string): boolean {
  return one.split('.')[0] === other.split('.')[0];
}
