import { DatasetEntity, MovieGenreEntity, readCatalogueState } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import type { SharedCatalogue } from './catalogue.ts';
import { MoviePacker } from './movieTable.ts';
import type { ChangedMovie, MovieChanges } from './changedMovies.ts';
import { TextPacker } from './packedTexts.ts';
import { groupBy, placeholders } from '../database/batches.ts';
import { GenreRepository, type GenreRow } from '../genres/genreRepository.ts';
import { Turns } from '../timing/turns.ts';

interface MovieRow {
  movieId: number;
  title: string;
  alternativeTitles: string;
  releaseYear: number | null;
  ratingCount: number;
  halfStarSum: number;
}

/** Everything that is held in memory, but for the index of titles. */
export type ReadCatalogue = Omit<SharedCatalogue, 'index'>;

/** The signs by which the catalogue in memory is known to be that of the database. */
export interface CatalogueState {
  dataset: DatasetEntity | null;
  version: number;
}

/** Changes by apps since a version. */
export interface CatalogueChanges extends MovieChanges {
  genres: readonly GenreRow[];
}

const MOVIE_COLUMNS = 'movieId, title, alternativeTitles, releaseYear, ratingCount, halfStarSum';

/** Movies of a page: few enough that no page holds up the event loop. */
const PAGE = 2_000;

/** Reads everything, for memory. */
export class CatalogueRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The data set that the database holds; null for an empty database. */
  async dataset(): Promise<DatasetEntity | null> {
    return this.dataSource.getRepository(DatasetEntity).findOneBy({ datasetId: 1 });
  }

  /** The data set and version that the database has now. */
  async state(): Promise<CatalogueState> {
    const [dataset, { version }] = await Promise.all([this.dataset(), readCatalogueState(this.dataSource)]);
    return { dataset, version };
  }

  /** Reads the movies that apps have changed since a version, as they are now. */
  async changesSince(version: number): Promise<CatalogueChanges> {
    const rows = await this.dataSource.query<{ movieId: number }[]>(
      'SELECT DISTINCT movieId FROM overlay_movie WHERE version > ? ORDER BY movieId',
      [version],
    );
    const movies: ChangedMovie[] = [];
    for (let start = 0; start < rows.length; start += PAGE)
      movies.push(...(await this.readMovies(rows.slice(start, start + PAGE).map(({ movieId }) => movieId))));
    const found = new Set(movies.map(({ movieId }) => movieId));
    const gone = rows.map(({ movieId }) => movieId).filter((movieId) => !found.has(movieId));
    return { genres: await this.genres(), movies, gone };
  }

  private async readMovies(movieIds: readonly number[]): Promise<ChangedMovie[]> {
    const marks = placeholders(movieIds);
    const rows = await this.dataSource.query<MovieRow[]>(
      `SELECT ${MOVIE_COLUMNS} FROM movie WHERE movieId IN (${marks})`,
      [...movieIds],
    );
    const links = await this.dataSource.query<{ movieId: number; genreId: number }[]>(
      `SELECT movieId, genreId FROM movie_genre WHERE movieId IN (${marks})`,
      [...movieIds],
    );
    const genreIds = groupBy(links, ({ movieId }) => movieId);
    return rows.map((row) => ({
      ...row,
      genreIds: (genreIds.get(row.movieId) ?? []).map(({ genreId }) => genreId),
    }));
  }

  private async genres(): Promise<GenreRow[]> {
    const genres = await new GenreRepository(this.dataSource).all();
    return genres.map(({ genreId, name, movieCount }) => ({ genreId, name, movieCount }));
  }

  /** Reads page by page, so that requests are answered meanwhile, and again where the data set changes on the way. */
  async read(): Promise<ReadCatalogue> {
    const turns = new Turns();
    for (;;) {
      // Before the movies: what apps change meanwhile is looked at once more.
      const { dataset, version } = await this.state();
      const genres = await this.genres();
      const movies = new MoviePacker();
      const alternativeTitles = new TextPacker();
      let last: number | null = -1;
      while (last !== null) {
        await turns.yieldIfLong();
        last = await this.readPage(last, movies, alternativeTitles);
      }
      if ((await this.dataset())?.identity === dataset?.identity)
        return {
          dataset: dataset && { ...dataset },
          version,
          genres,
          movies: movies.packed(),
          alternativeTitles: alternativeTitles.packed(),
        };
    }
  }

  /** Reads the movies after one; the last of them, or null behind the last page. */
  private async readPage(after: number, movies: MoviePacker, titles: TextPacker): Promise<number | null> {
    const rows = await this.dataSource.query<MovieRow[]>(
      `SELECT ${MOVIE_COLUMNS} FROM movie WHERE movieId > ? ORDER BY movieId LIMIT ?`,
      [after, PAGE],
    );
    const last = rows.at(-1)?.movieId;
    if (last === undefined) return null;
    const pairs = await this.dataSource
      .createQueryBuilder(MovieGenreEntity, 'link')
      .select(['link.movieId AS movieId', 'link.genreId AS genreId'])
      .where('link.movieId > :after AND link.movieId <= :last', { after, last })
      .getRawMany<{ movieId: number; genreId: number }>();
    const genreIds = new Map<number, number[]>(rows.map(({ movieId }) => [movieId, []]));
    for (const { movieId, genreId } of pairs) genreIds.get(movieId)?.push(genreId);
    for (const { movieId, title, alternativeTitles, releaseYear, ratingCount, halfStarSum } of rows) {
      const ofMovie = genreIds.get(movieId) ?? [];
      movies.add({ movieId, title, releaseYear, ratingCount, halfStarSum, genreIds: ofMovie });
      titles.add(alternativeTitles);
    }
    return rows.length < PAGE ? null : last;
  }
}
