import { normaliseEmail } from '@pocketrocket/schema/database';
import { isEmail } from 'class-validator';
import { refuse } from '../arguments/checks.ts';
import { isCommonPassword } from './commonPasswords.ts';

/** Half a character: libraries that encode a text throw on it. */
const LONE_SURROGATE = /\p{Cs}/u;

const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 128;
const MAX_NAME = 100;
const MAX_EMAIL = 254;

/** Control, bidi and other format characters, surrogates, private use, unassigned, line breaks; and what draws nothing. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Marks that would cover the lines around a name. */
const STACKED_MARKS = /\p{M}{4}/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** As users of a data set are called, however it is written. */
const DATASET_NAME = /^user\d+$/;

/** A display name as it is stored. @throws AppError BAD_USER_INPUT saying what to change */
export function checkName(given: string): string {
  const name = given
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  if (name.length > MAX_NAME || !VISIBLE.test(name)) refuse(`the name must have 1 to ${MAX_NAME} characters`);
  if (INVISIBLE.test(name)) refuse('the name must not have control or invisible characters');
  if (STACKED_MARKS.test(name)) refuse('the name must not have more than three marks on one letter');
  if (
    DATASET_NAME.test(
      name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s#._-]/g, ''),
    )
  )
    refuse('names like "User 176" are those of the data set; choose another one');
  return name;
}

/** The texts that others know of an account, and that a password must not be. */
export function knownTexts(email: string, name: string): string[] {
  return [name, email, email.slice(0, email.lastIndexOf('@'))];
}

/**
 * Checks a new password.
 * @param context what others know of the account, such as name and email address
 * @throws AppError BAD_USER_INPUT saying what to change
 */
export function checkPassword(password: string, context: readonly string[]): void {
  const length = [...password].length;
  if (length < MIN_PASSWORD || length > MAX_PASSWORD)
    refuse(`the password must have ${MIN_PASSWORD} to ${MAX_PASSWORD} characters`);
  if (LONE_SURROGATE.test(password)) refuse('the password has half a character (a lone surrogate)');
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < 4) refuse('the password repeats few characters; choose another one');
  if (context.some((known) => known.normalize('NFKC').toLowerCase() === plain))
    refuse('the password is your name or your email address; choose another one');
  if (isCommonPassword(plain)) refuse('the password is one of the most common ones; choose another one');
}

/** A new account's email address as it is stored. @throws AppError BAD_USER_INPUT */
export function checkEmail(given: string): string {
  const email = normaliseEmail(given);
  const isText = email.length <= MAX_EMAIL && !LONE_SURROGATE.test(email);
  // In ASCII alone: every database agrees on what is equal.
  if (!isText || !isEmail(email, { allow_utf8_local_part: false, require_tld: false }))
    refuse('this is not an email address such as ann@example.org');
  return email;
}
