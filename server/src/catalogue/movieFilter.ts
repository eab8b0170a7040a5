import type { AttributeFilter } from '@pocketrocket/model';
import type { MovieFilter } from '@pocketrocket/schema';
import { checkEntries, refuse } from '../arguments/checks.ts';
import { excerptOf } from '../arguments/excerpt.ts';
import type { Catalogue } from './catalogue.ts';

const MIN_RATING = 0.5;
const MAX_RATING = 5;

/** A filter checked and normalised: equal filters are equal in every field. */
export interface ResolvedFilter {
  /** Any of these; all genres when empty. Ascending. */
  genreIds: number[];
  /** Ascending. */
  excludeGenreIds: number[];
  /** True where only movies without any genre pass. */
  withoutGenres: boolean;
  yearFrom: number | null;
  yearTo: number | null;
  /** 0 where any number will do. */
  minRatingCount: number;
  /** 0 or more. */
  maxRatingCount: number | null;
  /** 0.5 to 5. */
  minAverageRating: number | null;
  /** Ascending. */
  excludeMovieIds: number[];
}

/**
 * Checks a filter against the catalogue; no filter lets everything pass, and so does an empty list of genres.
 * @throws AppError BAD_USER_INPUT naming a genre that is unknown, years in the wrong order, a rating off the scale, or a negative count
 */
export function resolveFilter(filter: MovieFilter | null | undefined, catalogue: Catalogue): ResolvedFilter {
  const { yearFrom = null, yearTo = null, minAverageRating = null, maxRatingCount = null } = filter ?? {};
  if (yearFrom !== null && yearTo !== null && yearFrom > yearTo)
    refuse(`filter.yearFrom (${yearFrom}) is after filter.yearTo (${yearTo})`);
  if (minAverageRating !== null && !(minAverageRating >= MIN_RATING && minAverageRating <= MAX_RATING))
    refuse(
      `filter.minAverageRating must be between ${MIN_RATING} and ${MAX_RATING}; it is ${minAverageRating}`,
    );
  const withoutGenres = filter?.withoutGenres ?? false;
  if (withoutGenres && filter?.genres && filter.genres.length > 0)
    refuse('filter.withoutGenres and filter.genres let no movie pass together; leave out one of them');
  if (maxRatingCount !== null && maxRatingCount < 0)
    refuse(`filter.maxRatingCount must be 0 or more; it is ${maxRatingCount}`);
  checkEntries(filter?.excludeMovieIds, 'filter.excludeMovieIds');
  const excludeMovieIds = distinct(filter?.excludeMovieIds ?? []);
  return {
    genreIds: genreIdsOf(filter?.genres ?? [], 'genres', catalogue),
    excludeGenreIds: genreIdsOf(filter?.excludeGenres ?? [], 'excludeGenres', catalogue),
    withoutGenres,
    yearFrom,
    yearTo,
    minRatingCount: Math.max(filter?.minRatingCount ?? 0, 0),
    maxRatingCount,
    minAverageRating,
    excludeMovieIds,
  };
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
  checkEntries(names, `filter.${field}`);
  return distinct(
    names.map((name) => {
      const genre = catalogue.genre(name);
      if (genre) return genre.genreId;
      const known = catalogue.genres.map((each) => each.name).join(', ');
      return refuse(`filter.${field}: there is no genre ${excerptOf(name)}; there are ${known || 'none'}`);
    }),
  );
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
