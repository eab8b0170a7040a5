import { placeholders } from '../database/batches.ts';
import type { SqlPart } from '../database/keyset.ts';
import type { MovieTable } from './movieTable.ts';
import type { ResolvedFilter } from './movieFilter.ts';

/** Tells of the movie at a place. */
type Matcher = (place: number) => boolean;

/** One field of a filter as a condition on movies, stated twice: the two must agree on every movie. */
interface Condition<Value> {
  /** Tells a value that restricts something from one that lets every movie pass. */
  isSet(value: Value): boolean;
  /** The condition on movies in memory. */
  matcher(value: Value, movies: MovieTable): Matcher;
  /** The condition on a row of table `movie`. */
  sql(value: Value): SqlPart;
}

/** A condition for each field of a filter: one without it does not compile. */
const CONDITIONS: { readonly [Field in keyof ResolvedFilter]: Condition<ResolvedFilter[Field]> } = {
  genreIds: {
    isSet: isNotEmpty,
    matcher(wanted, movies) {
      const set = new Set(wanted);
      return (place) => movies.numGenresOf(place, set) > 0;
    },
    sql: (wanted) => ({ sql: hasGenreSql(wanted), values: wanted }),
  },
  excludeGenreIds: {
    isSet: isNotEmpty,
    matcher(unwanted, movies) {
      const set = new Set(unwanted);
      return (place) => movies.numGenresOf(place, set) === 0;
    },
    sql: (unwanted) => ({ sql: `NOT ${hasGenreSql(unwanted)}`, values: unwanted }),
  },
  withoutGenres: {
    isSet: (wanted) => wanted,
    matcher: (_, movies) => (place) => movies.numGenres(place) === 0,
    sql: () => ({
      sql: 'NOT EXISTS (SELECT 1 FROM movie_genre link WHERE link.movieId = movie.movieId)',
      values: [],
    }),
  },
  // A movie without a year passes no bound on the year.
  yearFrom: {
    isSet: isNotNull,
    matcher: (from, movies) => (place) => {
      const year = movies.releaseYear(place);
      return year !== null && year >= (from ?? -Infinity);
    },
    sql: (from) => comparison('movie.releaseYear >= ?', from),
  },
  yearTo: {
    isSet: isNotNull,
    matcher: (to, movies) => (place) => {
      const year = movies.releaseYear(place);
      return year !== null && year <= (to ?? Infinity);
    },
    sql: (to) => comparison('movie.releaseYear <= ?', to),
  },
  minRatingCount: {
    isSet: (least) => least > 0,
    matcher: (least, movies) => (place) => movies.ratingCount(place) >= least,
    sql: (least) => comparison('movie.ratingCount >= ?', least),
  },
  maxRatingCount: {
    isSet: isNotNull,
    matcher: (most, movies) => (place) => movies.ratingCount(place) <= (most ?? Infinity),
    sql: (most) => comparison('movie.ratingCount <= ?', most),
  },
  minAverageRating: {
    isSet: isNotNull,
    // As `Movie.averageRating` is computed: in the same order, so that both round alike.
    matcher: (least, movies) => (place) => {
      const count = movies.ratingCount(place);
      return count > 0 && movies.halfStarSum(place) / 2 / count >= (least ?? 0);
    },
    // `0e0` makes the division one of floating-point numbers on every database.
    sql: (least) =>
      comparison('(movie.ratingCount > 0 AND (movie.halfStarSum + 0e0) / 2 / movie.ratingCount >= ?)', least),
  },
  excludeMovieIds: {
    isSet: isNotEmpty,
    matcher(excluded, movies) {
      const set = new Set(excluded);
      return (place) => !set.has(movies.movieId(place));
    },
    sql: (excluded) => ({ sql: `movie.movieId NOT IN (${placeholders(excluded)})`, values: excluded }),
  },
};

/** A condition with the value that a filter has for it. */
interface SetCondition {
  matcher(movies: MovieTable): Matcher;
  sql(): SqlPart;
}

function setConditions(filter: ResolvedFilter): SetCondition[] {
  const set: SetCondition[] = [];
  const consider = <Field extends keyof ResolvedFilter>(field: Field): void => {
    const condition: Condition<ResolvedFilter[Field]> = CONDITIONS[field];
    const value = filter[field];
    if (condition.isSet(value))
      set.push({
        matcher: (movies) => condition.matcher(value, movies),
        sql: () => condition.sql(value),
      });
  };
  for (const field of FIELDS) consider(field);
  return set;
}

const FIELDS = Object.keys(CONDITIONS) as (keyof ResolvedFilter)[];

/** True where every movie passes. */
export function isUnfiltered(filter: ResolvedFilter): boolean {
  return setConditions(filter).length === 0;
}

/** Tells, by place, whether a movie in memory passes a filter. */
export function movieMatcher(filter: ResolvedFilter, movies: MovieTable): Matcher {
  const matchers = setConditions(filter).map((condition) => condition.matcher(movies));
  return (place) => {
    for (const matches of matchers) if (!matches(place)) return false;
    return true;
  };
}

/** The condition on table `movie` that a movie passes a filter. */
export function filterSql(filter: ResolvedFilter): SqlPart {
  const parts = setConditions(filter).map((condition) => condition.sql());
  return {
    sql: ['1 = 1', ...parts.map(({ sql }) => sql)].join(' AND '),
    values: parts.flatMap(({ values }) => values),
  };
}

function isNotEmpty(values: readonly number[]): boolean {
  return values.length > 0;
}

function isNotNull(value: number | null): boolean {
  return value !== null;
}

function comparison(sql: string, value: number | null): SqlPart {
  return { sql, values: value === null ? [] : [value] };
}

function hasGenreSql(genreIds: readonly number[]): string {
  return `EXISTS (SELECT 1 FROM movie_genre link
             WHERE link.movieId = movie.movieId AND link.genreId IN (${placeholders(genreIds)}))`;
}
