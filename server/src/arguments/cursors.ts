import type { z } from 'zod';
import { refuse } from './checks.ts';

/** The opaque text of a place in a list: its parts as JSON in base64url. */
export function encodeCursor(parts: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads a cursor back. @throws AppError BAD_USER_INPUT when it is not one of the kind of list that the schema describes */
export function decodeCursor<T>(cursor: string, parts: z.ZodType<T>): T {
  const parsed = parts.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  return parsed.success ? parsed.data : refuse('after is not a cursor of this list');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever it is, it is not a cursor; the caller says so.
    return undefined;
  }
}
