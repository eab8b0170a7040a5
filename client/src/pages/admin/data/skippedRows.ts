import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ProblemKind } from '@pocketrocket/formats';

/** The rows and values that an import left out, in words, by the kind that the API counts them by. */
export const SKIPPED: Readonly<Record<ProblemKind, MessageDescriptor>> = {
  columnCount: msg`Wrong number of columns`,
  badId: msg`No id, or none that can be used`,
  badTitle: msg`Empty title`,
  duplicateMovie: msg`A film's number for the second time`,
  unknownMovie: msg`A rating of a film that is not there`,
  unreadableMovie: msg`A rating of a film that was left out`,
  noRating: msg`No rating`,
  ratingOffScale: msg`A rating off the scale`,
  longTitle: msg`A title cut at 300 characters`,
  badYear: msg`A year that is none`,
  badGenre: msg`A genre of more than 60 characters`,
  badLink: msg`A number in another database that is none`,
  badTime: msg`A time that is none`,
};
