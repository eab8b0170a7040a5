import type { MovieFilter } from '../../gql/graphql.ts';
import { numberWithin } from '../../routing/addressState.ts';

/** Conditions on films as they stand in an address; each holds. */
export interface Filters {
  /** Any of these; all where there are none. */
  genres: readonly string[];
  /** Only films of which no genre is known. */
  withoutGenres: boolean;
  yearFrom: number | null;
  yearTo: number | null;
  leastRating: number | null;
  leastVotes: number | null;
}

/** The first films were shown in 1888. */
export const FIRST_YEAR = 1880;
export const LAST_YEAR = 2100;
/** Stands in the address for films of no genre. */
const NO_GENRE = 'none';
const MOST_VOTES = 1_000_000_000;

export const NO_FILTERS: Filters = {
  genres: [],
  withoutGenres: false,
  yearFrom: null,
  yearTo: null,
  leastRating: null,
  leastVotes: null,
};

/** Reads the filters of an address; what makes no sense is left out. */
export function filtersOf(search: URLSearchParams): Filters {
  const genres = (search.get('genre') ?? '').split(',').filter((genre) => genre !== '');
  const numberOf = (name: string, least: number, most: number) => {
    const number = numberWithin(least, most, Number.NaN, search.get(name));
    return Number.isNaN(number) ? null : number;
  };
  const yearOf = (name: string) => {
    const year = numberOf(name, FIRST_YEAR, LAST_YEAR);
    return year === null ? null : Math.round(year);
  };
  const [one, other] = [yearOf('from'), yearOf('to')];
  const areSwapped = one !== null && other !== null && one > other;
  const leastVotes = numberOf('votes', 0, MOST_VOTES);
  return {
    genres: genres.filter((genre) => genre !== NO_GENRE),
    withoutGenres: genres.length === 1 && genres[0] === NO_GENRE,
    yearFrom: areSwapped ? other : one,
    yearTo: areSwapped ? one : other,
    leastRating: numberOf('rating', 0.5, 5),
    leastVotes: leastVotes ? Math.round(leastVotes) : null,
  };
}

/** The parameters of an address that hold filters; null for those that it needs not. */
export function filterParams(filters: Filters): Record<string, string | null> {
  const { genres, withoutGenres, yearFrom, yearTo, leastRating, leastVotes } = filters;
  const text = (number: number | null) => (number === null ? null : String(number));
  return {
    genre: withoutGenres ? NO_GENRE : genres.join(',') || null,
    from: text(yearFrom),
    to: text(yearTo),
    rating: text(leastRating),
    votes: text(leastVotes),
  };
}

/** The filter as the API takes it; null where every film passes. */
export function toMovieFilter(filters: Filters): MovieFilter | null {
  const { genres, withoutGenres, yearFrom, yearTo, leastRating, leastVotes } = filters;
  const filter: MovieFilter = {
    ...(genres.length > 0 && { genres: [...genres] }),
    ...(withoutGenres && { withoutGenres }),
    ...(yearFrom !== null && { yearFrom }),
    ...(yearTo !== null && { yearTo }),
    ...(leastRating !== null && { minAverageRating: leastRating }),
    ...(leastVotes !== null && { minRatingCount: leastVotes }),
  };
  return Object.keys(filter).length === 0 ? null : filter;
}

/** The decade that two years span, by its first year; null where they span none. */
export const decadeOf = ({ yearFrom, yearTo }: Pick<Filters, 'yearFrom' | 'yearTo'>): number | null =>
  yearFrom !== null && yearFrom % 10 === 0 && yearTo === yearFrom + 9 ? yearFrom : null;
