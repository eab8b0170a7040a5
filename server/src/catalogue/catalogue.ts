import type { DatasetEntity } from '@pocketrocket/schema/database';
import type { Genre } from '@pocketrocket/schema';
import type { TitleSearch } from './titleSearch.ts';

/** A movie as filters and fallbacks need it. */
export interface CatalogueMovie {
  movieId: number;
  title: string;
  releaseYear: number | null;
  ratingCount: number;
  /** Sum of its ratings in half stars. */
  halfStarSum: number;
  genreIds: readonly number[];
}

/** The parts of a movie that ratings change. */
export type MovieTally = Pick<CatalogueMovie, 'ratingCount' | 'halfStarSum'>;

/** All movies of one data set in memory, so that filters are masks and search forgives typos. Only the counts and sums of ratings change. */
export class Catalogue {
  /** The data set it was read from; null for an empty database. */
  readonly dataset: DatasetEntity | null;
  /** By name. */
  readonly genres: readonly Genre[];
  /** Ascending by movieId. */
  readonly movies: readonly CatalogueMovie[];
  readonly search: TitleSearch;
  private sorted: readonly CatalogueMovie[] | null = null;
  private totalRatingCount: number;
  private readonly byId: ReadonlyMap<number, CatalogueMovie>;
  private readonly genresByName: ReadonlyMap<string, Genre>;
  private readonly genresByMovie = new Map<number, readonly Genre[]>();

  constructor(parts: Pick<Catalogue, 'dataset' | 'genres' | 'movies' | 'search'>) {
    this.dataset = parts.dataset;
    this.genres = parts.genres;
    this.movies = parts.movies;
    this.search = parts.search;
    this.totalRatingCount = parts.movies.reduce((sum, { ratingCount }) => sum + ratingCount, 0);
    this.byId = new Map(parts.movies.map((movie) => [movie.movieId, movie]));
    this.genresByName = new Map(parts.genres.map((genre) => [genre.name.toLowerCase(), genre]));
  }

  /** The same movies, the most rated first; ties by movieId. */
  get byPopularity(): readonly CatalogueMovie[] {
    // Sorting is stable, so that ties stay ascending by movieId.
    return (this.sorted ??= [...this.movies].sort((a, b) => b.ratingCount - a.ratingCount));
  }

  private get meanRatingCount(): number {
    return this.totalRatingCount / Math.max(this.movies.length, 1);
  }

  /** Takes over the number and the sum of a movie's ratings after one was written. */
  recount(movieId: number, { ratingCount, halfStarSum }: MovieTally): void {
    const movie = this.byId.get(movieId);
    if (!movie) return;
    movie.halfStarSum = halfStarSum;
    if (movie.ratingCount === ratingCount) return;
    this.totalRatingCount += ratingCount - movie.ratingCount;
    movie.ratingCount = ratingCount;
    this.sorted = null;
  }

  movie(movieId: number): CatalogueMovie | undefined {
    return this.byId.get(movieId);
  }

  /** A movie's genres by name; undefined for a movie that is not here. */
  genresOf(movieId: number): readonly Genre[] | undefined {
    const known = this.genresByMovie.get(movieId);
    if (known) return known;
    const movie = this.byId.get(movieId);
    if (!movie) return undefined;
    const genres = this.genres.filter(({ genreId }) => movie.genreIds.includes(genreId));
    this.genresByMovie.set(movieId, genres);
    return genres;
  }

  /** The genre of a name in any case. */
  genre(name: string): Genre | undefined {
    return this.genresByName.get(name.toLowerCase());
  }

  /** Damped popularity n / (n + k) in [0, 1), with n the movie's number of ratings and k the mean of all movies. */
  popularity({ ratingCount }: CatalogueMovie): number {
    return ratingCount === 0 ? 0 : ratingCount / (ratingCount + this.meanRatingCount);
  }
}
