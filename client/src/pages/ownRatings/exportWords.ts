import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** The words that the reading of an export has for it, names of services aside. */
const WORDS = new Map<string, MessageDescriptor>([
  ['a table of ratings in stars', msg`a table of ratings in stars`],
  ['a table of ratings out of 10', msg`a table of ratings out of 10`],
  ['a table of ratings out of 100', msg`a table of ratings out of 100`],
  ['a table of likes', msg`a table of likes`],
  ['no rating from 0.5 to 5 stars', msg`no rating from 0.5 to 5 stars`],
  ['no rating from 1 to 10', msg`no rating from 1 to 10`],
  ['no rating from 1 to 100', msg`no rating from 1 to 100`],
  ['neither liked nor disliked', msg`neither liked nor disliked`],
  ['neither rated, watched, liked nor listed', msg`neither rated, watched, liked nor listed`],
  ['neither title nor id', msg`neither title nor id`],
  ['deleted, or in a list', msg`deleted, or in a list`],
  ['no film', msg`no film`],
  ['quotes that do not match', msg`quotes that do not match`],
  [
    'dates alone, as day and month cannot be told apart',
    msg`dates alone, as day and month cannot be told apart`,
  ],
]);

const NO_FILM = 'no film: ';

/** Says in the reader's language where an export is from, or why a row of it is left out. */
export function exportWords(i18n: I18n, text: string): string {
  if (text.startsWith(NO_FILM)) return `${exportWords(i18n, 'no film')}: ${text.slice(NO_FILM.length)}`;
  const words = WORDS.get(text);
  return words ? i18n._(words) : text;
}
