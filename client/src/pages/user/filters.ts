import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { MovieFilter } from '../../gql/graphql.ts';
import { numberWithin, oneOf } from '../../routing/addressState.ts';

export const ANY_AVERAGE = '';

/** Each has its decimal: a list of options begins with the keys that are whole numbers, whatever their order here. */
const LEAST_AVERAGES = [ANY_AVERAGE, '3.0', '3.5', '4.0'] as const;

/** The degree to which the list is to vary, as the address has it. */
export const diversityOf = (search: URLSearchParams): number =>
  numberWithin(0, 1, 0, search.get('diversity'));

/** The least average rating that the address names. */
export const leastAverageOf = (search: URLSearchParams) => oneOf(LEAST_AVERAGES, search.get('average'));

/** The films that the address asks for; null for all. */
export function movieFilterOf(search: URLSearchParams): MovieFilter | null {
  const genre = search.get('genre');
  const average = leastAverageOf(search);
  if (!genre && !average) return null;
  return {
    ...(genre && { genres: [genre] }),
    ...(average && { minAverageRating: Number(average) }),
  };
}

/** A degree of variety in words. */
export function varietyInWords(diversity: number): MessageDescriptor {
  if (diversity === 0) return msg`best match`;
  if (diversity < 0.5) return msg`a little variety`;
  return diversity < 1 ? msg`more variety` : msg`most variety`;
}
