import type { AttributeFilter } from '@pocketrocket/model';
import type { MovieFilter } from '@pocketrocket/schema';
import { refuse } from '../arguments/checks.ts';
import type { Catalogue, CatalogueMovie } from './catalogue.ts';

/** Beyond this the databases' limits on parameters come near. */
const MAX_EXCLUDED_MOVIES = 10_000;

/** A filter checked and normalised: equal filters are equal in every field. */
export interface ResolvedFilter {
  /** Any of these; all genres when empty. Ascending. */
  genreIds: number[];
  /** Ascending. */
  excludeGenreIds: number[];
  yearFrom: number | null;
  yearTo: number | null;
  minRatingCount: number;
  /** Ascending. */
  excludeMovieIds: number[];
}

/**
 * Checks a filter against the catalogue; no filter lets everything pass, and so does an empty list of genres.
 * @throws AppError BAD_USER_INPUT naming a genre that is unknown, or years in the wrong order
 */
export function resolveFilter(filter: MovieFilter | null | undefined, catalogue: Catalogue): ResolvedFilter {
  const { yearFrom = null, yearTo = null } = filter ?? {};
  if (yearFrom !== null && yearTo !== null && yearFrom > yearTo)
    refuse(`filter.yearFrom (${yearFrom}) is after filter.yearTo (${yearTo})`);
  const excludeMovieIds = distinct(filter?.excludeMovieIds ?? []);
  if (excludeMovieIds.length > MAX_EXCLUDED_MOVIES)
    refuse(
      `filter.excludeMovieIds may name ${MAX_EXCLUDED_MOVIES} movies; it names ${excludeMovieIds.length}`,
    );
  return {
    genreIds: genreIdsOf(filter?.genres ?? [], 'genres', catalogue),
    excludeGenreIds: genreIdsOf(filter?.excludeGenres ?? [], 'excludeGenres', catalogue),
    yearFrom,
    yearTo,
    minRatingCount: Math.max(filter?.minRatingCount ?? 0, 0),
    excludeMovieIds,
  };
}

/** Whether every movie passes. */
export function isUnfiltered(filter: ResolvedFilter): boolean {
  const { genreIds, excludeGenreIds, yearFrom, yearTo, minRatingCount, excludeMovieIds } = filter;
  return (
    genreIds.length + excludeGenreIds.length + excludeMovieIds.length === 0 &&
    yearFrom === null &&
    yearTo === null &&
    minRatingCount === 0
  );
}

/** Whether a movie passes a filter, as `filterSql` says to the database; a movie without a year passes no bound on the year. */
export function movieMatcher(filter: ResolvedFilter): (movie: CatalogueMovie) => boolean {
  const wanted = new Set(filter.genreIds);
  const unwanted = new Set(filter.excludeGenreIds);
  const excluded = new Set(filter.excludeMovieIds);
  const yearFrom = filter.yearFrom ?? -Infinity;
  const yearTo = filter.yearTo ?? Infinity;
  const isBounded = filter.yearFrom !== null || filter.yearTo !== null;
  return ({ movieId, genreIds, releaseYear, ratingCount }) =>
    ratingCount >= filter.minRatingCount &&
    (!isBounded || (releaseYear !== null && releaseYear >= yearFrom && releaseYear <= yearTo)) &&
    (wanted.size === 0 || genreIds.some((genreId) => wanted.has(genreId))) &&
    (unwanted.size === 0 || !genreIds.some((genreId) => unwanted.has(genreId))) &&
    !excluded.has(movieId);
}

/** A filter's attributes in words, made when a store asks for them. */
export class FilterInWords implements AttributeFilter {
  readonly #filter: ResolvedFilter;
  readonly #catalogue: Catalogue;

  constructor(filter: ResolvedFilter, catalogue: Catalogue) {
    this.#filter = filter;
    this.#catalogue = catalogue;
  }

  get genres(): string[] {
    return this.#namesOf(this.#filter.genreIds);
  }

  get excludeGenres(): string[] {
    return this.#namesOf(this.#filter.excludeGenreIds);
  }

  get yearFrom(): number | null {
    return this.#filter.yearFrom;
  }

  get yearTo(): number | null {
    return this.#filter.yearTo;
  }

  /** By name. */
  #namesOf(ids: readonly number[]): string[] {
    return this.#catalogue.genres.filter(({ genreId }) => ids.includes(genreId)).map(({ name }) => name);
  }
}

function genreIdsOf(names: readonly string[], field: string, catalogue: Catalogue): number[] {
  return distinct(
    names.map((name) => {
      const genre = catalogue.genre(name);
      if (genre) return genre.genreId;
      const known = catalogue.genres.map((each) => each.name).join(', ');
      return refuse(`filter.${field}: there is no genre "${name}"; there are ${known || 'none'}`);
    }),
  );
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
