import { sharedBytesOf, weigh } from '@pocketrocket/engine';
import type { DatasetEntity } from '@pocketrocket/schema/database';
import type { Genre } from '@pocketrocket/schema';
import { toGenre, type GenreRow } from '../genres/genreRepository.ts';
import { MovieTable, type CatalogueMovie, type MovieColumns, type MovieTally } from './movieTable.ts';
import type { PackedIndex } from './packedIndex.ts';
import type { PackedTexts } from './packedTexts.ts';
import { TitleSearch } from './titleSearch.ts';

/** A catalogue in memory that threads share: post it to threads, and each opens it. */
export interface SharedCatalogue {
  /** The data set it was read from; null for an empty database. */
  dataset: DatasetEntity | null;
  /** Number of changes by apps before it was read. */
  version: number;
  /** By name. */
  genres: readonly GenreRow[];
  movies: MovieColumns;
  /** A list in JSON for each movie. */
  alternativeTitles: PackedTexts;
  index: PackedIndex;
}

/**
 * All movies of one data set and of apps in memory, so that filters are masks and search forgives typos; one copy for all threads. Only
 * the counts and sums of ratings change.
 */
export class Catalogue {
  /** The data set it was read from; null for an empty database. */
  readonly dataset: DatasetEntity | null;
  /** Number of changes of its movies by apps before it was read. */
  readonly version: number;
  /** By name. */
  readonly genres: readonly Genre[];
  readonly movies: MovieTable;
  readonly search: TitleSearch;
  private readonly genresByName: ReadonlyMap<string, Genre>;
  /** Movies of the same genres have one list; by the genres' ids. */
  private readonly genreLists = new Map<string, readonly Genre[]>();

  constructor(shared: SharedCatalogue) {
    this.dataset = shared.dataset;
    this.version = shared.version;
    this.genres = shared.genres.map(toGenre);
    this.movies = new MovieTable(shared.movies);
    this.search = new TitleSearch(shared.index, {
      movieIds: this.movies.movieIds,
      releaseYears: shared.movies.releaseYears,
      ratingCount: (place) => this.movies.ratingCount(place),
      title: (place) => this.movies.title(place),
    });
    this.genresByName = new Map(this.genres.map((genre) => [genre.name.toLowerCase(), genre]));
    weigh(this, sharedBytesOf(shared));
  }

  /** Takes over the number and the sum of a movie's ratings after one was written, for all threads. */
  recount(movieId: number, tally: MovieTally): void {
    const place = this.movies.placeOf(movieId);
    if (place >= 0) this.movies.recount(place, tally);
  }

  has(movieId: number): boolean {
    return this.movies.placeOf(movieId) >= 0;
  }

  /** A movie as it is now; undefined for one that is not here. */
  movie(movieId: number): CatalogueMovie | undefined {
    const place = this.movies.placeOf(movieId);
    return place < 0 ? undefined : this.movies.movie(place);
  }

  /** A movie's genres by name; undefined for a movie that is not here. */
  genresOf(movieId: number): readonly Genre[] | undefined {
    const place = this.movies.placeOf(movieId);
    if (place < 0) return undefined;
    const genreIds = this.movies.genreIds(place);
    const key = genreIds.join();
    let genres = this.genreLists.get(key);
    if (!genres) {
      genres = this.genres.filter(({ genreId }) => genreIds.includes(genreId));
      this.genreLists.set(key, genres);
    }
    return genres;
  }

  /** The genre of a name in any case. */
  genre(name: string): Genre | undefined {
    return this.genresByName.get(name.toLowerCase());
  }

  /** Damped popularity n / (n + k) in [0, 1) by place, with n a movie's number of ratings and k the mean of all movies as it is now. */
  popularity(): (place: number) => number {
    const mean = this.movies.numRatings / Math.max(this.movies.length, 1);
    return (place) => {
      const count = this.movies.ratingCount(place);
      return count === 0 ? 0 : count / (count + mean);
    };
  }
}
