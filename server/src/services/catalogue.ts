import type { DatasetEntity } from '@pocketrocket/schema/db';
import type { Genre } from '@pocketrocket/schema';
import type { MovieSearch } from './movieSearch.ts';

/** What filters and fallbacks need to know of a movie. */
export interface CatalogueMovie {
  movieId: number;
  releaseYear: number | null;
  ratingCount: number;
  genreIds: readonly number[];
}

/** All movies of one data set in memory, so that filters are masks and search forgives typos. Immutable. */
export class Catalogue {
  /** The data set it was read from; null for an empty database. */
  readonly dataset: DatasetEntity | null;
  /** By name. */
  readonly genres: readonly Genre[];
  /** Ascending by movieId. */
  readonly movies: readonly CatalogueMovie[];
  readonly search: MovieSearch;
  private readonly byId: ReadonlyMap<number, CatalogueMovie>;
  private readonly genresByName: ReadonlyMap<string, Genre>;

  constructor(parts: Pick<Catalogue, 'dataset' | 'genres' | 'movies' | 'search'>) {
    this.dataset = parts.dataset;
    this.genres = parts.genres;
    this.movies = parts.movies;
    this.search = parts.search;
    this.byId = new Map(parts.movies.map((movie) => [movie.movieId, movie]));
    this.genresByName = new Map(parts.genres.map((genre) => [genre.name.toLowerCase(), genre]));
  }

  movie(movieId: number): CatalogueMovie | undefined {
    return this.byId.get(movieId);
  }

  /** The genre of a name in any case. */
  genre(name: string): Genre | undefined {
    return this.genresByName.get(name.toLowerCase());
  }
}
