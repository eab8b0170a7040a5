import { dictionary } from '@zxcvbn-ts/language-common';

let known: ReadonlySet<string> | undefined;

/** True for a password on the list of the most common ones, in lower case; also with digits or signs put behind. */
export function isCommonPassword(password: string): boolean {
  known ??= new Set(dictionary['passwords-common']);
  return known.has(password) || known.has(password.replace(/[\d\W_]{1,4}$/, ''));
}
