import { toHalfStars } from '@pocketrocket/formats';
import { AppError } from '@pocketrocket/runtime';

/** The longest list that one request may ask for. */
export const MAX_FIRST = 100;

/** Entries of a list that one request may pass over. */
export const MAX_SKIP = 1_000_000;

/** Entries that a list among the arguments may have; a taste has a limit of its own. */
export const MAX_ENTRIES = 500;

/** @throws AppError BAD_USER_INPUT */
export function refuse(reason: string): never {
  throw new AppError('BAD_USER_INPUT', reason);
}

/** Checks the length asked for. @throws AppError BAD_USER_INPUT outside 1 … 100 */
export function checkFirst(first: number): void {
  if (first < 1 || first > MAX_FIRST) refuse(`first must be between 1 and ${MAX_FIRST}; it is ${first}`);
}

/** Checks the number of entries to pass over. @throws AppError BAD_USER_INPUT outside 0 … 1,000,000 */
export function checkSkip(skip: number): void {
  if (skip < 0 || skip > MAX_SKIP) refuse(`skip must be between 0 and ${MAX_SKIP}; it is ${skip}`);
}

/** Checks that one of several arguments is given, and no more. @throws AppError BAD_USER_INPUT */
export function checkOnlyOne(args: object): void {
  const given = Object.values<unknown>({ ...args }).filter((value) => value !== null && value !== undefined);
  if (given.length !== 1) refuse(`give exactly one of ${Object.keys(args).join(', ')}`);
}

/** Checks the length of a list among the arguments. @throws AppError BAD_USER_INPUT for one that is too long */
export function checkEntries(
  list: readonly unknown[] | null | undefined,
  name: string,
  most = MAX_ENTRIES,
): void {
  if (list && list.length > most) refuse(`${name} may have ${most} entries; it has ${list.length}`);
}

/** Checks the diversity asked for. @throws AppError BAD_USER_INPUT outside 0 … 1 */
export function checkDiversity(diversity: number): void {
  if (!(diversity >= 0 && diversity <= 1)) refuse(`diversity must be between 0 and 1; it is ${diversity}`);
}

/**
 * Checks a rating and returns it in half stars, 1 to 10.
 * @param movieId where it is one of several
 * @throws AppError BAD_USER_INPUT for a rating off the scale
 */
export function checkRating(rating: number, movieId?: number): number {
  const halfStars = toHalfStars(rating);
  if (halfStars !== null) return halfStars;
  const subject = movieId === undefined ? 'it' : `that of movie ${movieId}`;
  return refuse(`a rating must be 0.5 to 5 in half steps; ${subject} is ${rating}`);
}

/** Control characters, line breaks, and halves of characters. */
const NO_TEXT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The problem with a text that names something: ids that others choose, labels; null for a good one. */
export function problemOfText(text: string, name: string, most: number): string | null {
  const length = [...text].length;
  if (length < 1 || length > most) return `${name} must have 1 to ${most} characters; it has ${length}`;
  if (NO_TEXT.test(text)) return `${name} must not have control characters`;
  // Databases do not agree on whether a space at the end tells two texts apart.
  if (text.trim() !== text) return `${name} must not begin or end with a space`;
  return null;
}

/** @throws AppError BAD_USER_INPUT for a text that cannot name anything */
export function checkText(text: string, name: string, most: number): string {
  const problem = problemOfText(text, name, most);
  return problem === null ? text : refuse(problem);
}
