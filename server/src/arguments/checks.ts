import { toHalfStars } from '@pocketrocket/formats';
import { AppError } from '@pocketrocket/runtime';

/** The longest list that one request may ask for. */
export const MAX_FIRST = 100;

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
