import type { RatingFilter } from '../../gql/graphql.ts';
import { oneOf } from '../../routing/addressState.ts';

/** The stars that the page offers to look for, by the name that the address has for each. */
const STARS = ['', '5', '4', '3', '2', 'low'] as const;
export type Stars = (typeof STARS)[number];

/** Least and most stars of each. */
const RANGES: Record<Exclude<Stars, ''>, readonly [least: number, most: number]> = {
  5: [5, 5],
  4: [4, 4.5],
  3: [3, 3.5],
  2: [2, 2.5],
  low: [0.5, 1.5],
};

/** The first years of the decades to choose from. */
export const DECADES = [
  '',
  '2020',
  '2010',
  '2000',
  '1990',
  '1980',
  '1970',
  '1960',
  '1950',
  'before',
] as const;

export const starsOf = (search: URLSearchParams): Stars => oneOf(STARS, search.get('stars'));

export const decadeOf = (search: URLSearchParams) => oneOf(DECADES, search.get('decade'));

export const TEXT_PARAM = 'q';

/** The text to look for in titles. */
export const textOf = (search: URLSearchParams): string => (search.get(TEXT_PARAM) ?? '').slice(0, 200);

/** The ratings that the address asks for; null for all of them. */
export function ratingFilterOf(search: URLSearchParams): RatingFilter | null {
  const genre = search.get('genre');
  const stars = starsOf(search);
  const decade = decadeOf(search);
  const text = textOf(search).trim();
  const [minRating, maxRating] = stars === '' ? [null, null] : RANGES[stars];
  const filter: RatingFilter = {
    ...(text !== '' && { text }),
    ...(genre && { genres: [genre] }),
    ...(minRating !== null && { minRating, maxRating }),
    ...yearsOf(decade),
  };
  return Object.keys(filter).length === 0 ? null : filter;
}

function yearsOf(decade: (typeof DECADES)[number]): RatingFilter {
  if (decade === '') return {};
  if (decade === 'before') return { yearTo: 1949 };
  return { yearFrom: Number(decade), yearTo: Number(decade) + 9 };
}
