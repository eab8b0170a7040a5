import { Movie, MovieOrder, toNodeId, type MovieTag, type RatingBucket } from '@pocketrocket/schema';
import { HISTOGRAM_COLUMNS, type RatingHistogramColumns } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import type { ResolvedFilter } from '../catalogue/movieFilter.ts';
import { filterSql } from '../catalogue/filterConditions.ts';
import { groupBy, inOrder, placeholders } from '../database/batches.ts';
import { appIdsOf, appNumbersOf, externalIdsOf, numbersOf } from '../database/externalIds.ts';
import {
  afterPosition,
  orderTerms,
  toSlice,
  type Keyset,
  type Slice,
  type SliceRequest,
} from '../database/keyset.ts';

interface MovieRow extends RatingHistogramColumns {
  movieId: number;
  title: string;
  sortTitle: string;
  releaseYear: number | null;
  posterUrl: string | null;
  ratingCount: number;
  halfStarSum: number;
  weightedRating: number;
  imdbId: number | null;
  tmdbId: number | null;
}

const MOVIE_COLUMNS = [
  'movieId',
  'title',
  'sortTitle',
  'releaseYear',
  'posterUrl',
  'ratingCount',
  'halfStarSum',
  'weightedRating',
  ...HISTOGRAM_COLUMNS,
].map((column) => `movie.${column}`);

const SELECTION = `SELECT ${MOVIE_COLUMNS.join(', ')}, external_ids.imdbId, external_ids.tmdbId`;
const LINKS = 'LEFT JOIN external_ids ON external_ids.movieId = movie.movieId';

const BY_MOVIE = { table: 'movie', idColumn: 'movieId' } as const;

export const MOVIE_ORDERS: Record<MovieOrder, Keyset<MovieRow>> = {
  [MovieOrder.WEIGHTED_RATING_DESC]: { ...BY_MOVIE, column: 'weightedRating', direction: 'DESC' },
  [MovieOrder.RATING_COUNT_DESC]: { ...BY_MOVIE, column: 'ratingCount', direction: 'DESC' },
  [MovieOrder.RELEASE_YEAR_DESC]: { ...BY_MOVIE, column: 'releaseYear', direction: 'DESC', nullable: true },
  [MovieOrder.TITLE_ASC]: { ...BY_MOVIE, column: 'sortTitle', direction: 'ASC', isText: true },
};

interface TaggedRow {
  movieId: number;
  tagCount: number;
}

/** The order of the movies with a tag: those given it most often first. */
export const TAG_ORDERS: Record<'TAG_COUNT_DESC', Keyset<TaggedRow>> = {
  TAG_COUNT_DESC: { table: 'tagged', column: 'tagCount', idColumn: 'movieId', direction: 'DESC' },
};

export type TagOrder = keyof typeof TAG_ORDERS;

export class MovieRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** One entry per id, in the order asked; null where the movie does not exist. */
  async byIds(movieIds: readonly number[]): Promise<(Movie | null)[]> {
    const rows = await this.dataSource.query<MovieRow[]>(
      `${SELECTION} FROM movie ${LINKS} WHERE movie.movieId IN (${placeholders(movieIds)})`,
      [...movieIds],
    );
    return inOrder(movieIds, rows.map(toMovie), ({ movieId }) => movieId);
  }

  /** One entry per movie, in the order asked: the id as the data set's files write it. */
  externalIds(movieIds: readonly number[]): Promise<string[]> {
    return externalIdsOf(this.dataSource, 'movie', movieIds);
  }

  /** One entry per id as the data set's files write it, in the order asked; null for what is none. */
  movieIdsOf(externalIds: readonly string[]): Promise<(number | null)[]> {
    return numbersOf(this.dataSource, 'movie', externalIds);
  }

  /** One entry per id that an app has given, in the order asked; null for what is none of the app's. */
  movieIdsOfApp(namespace: string, externalIds: readonly string[]): Promise<(number | null)[]> {
    return appNumbersOf(this.dataSource, namespace, externalIds);
  }

  /** One entry per movie, in the order asked: the id that an app has given it; null where none. */
  idsOfApp(namespace: string, movieIds: readonly number[]): Promise<(string | null)[]> {
    return appIdsOf(this.dataSource, namespace, movieIds);
  }

  /** One entry per id at IMDb or TMDB, in the order asked: the first movie that has it; null without one. */
  async movieIdsByLink(kind: 'imdbId' | 'tmdbId', ids: readonly number[]): Promise<(number | null)[]> {
    const rows = await this.dataSource.query<{ id: number; movieId: number }[]>(
      `SELECT ${kind} AS id, MIN(movieId) AS movieId FROM external_ids WHERE ${kind} IN (${placeholders(ids)}) GROUP BY ${kind}`,
      [...ids],
    );
    return inOrder(ids, rows, ({ id }) => id).map((row) => row?.movieId ?? null);
  }

  /** One entry per movie, in the order asked: its numbers at IMDb and TMDB; null for those that it has not. */
  async links(movieIds: readonly number[]): Promise<{ imdbId: number | null; tmdbId: number | null }[]> {
    const rows = await this.dataSource.query<
      { movieId: number; imdbId: number | null; tmdbId: number | null }[]
    >(`SELECT movieId, imdbId, tmdbId FROM external_ids WHERE movieId IN (${placeholders(movieIds)})`, [
      ...movieIds,
    ]);
    return inOrder(movieIds, rows, ({ movieId }) => movieId).map((row) => ({
      imdbId: row?.imdbId ?? null,
      tmdbId: row?.tmdbId ?? null,
    }));
  }

  /** One entry per movie, in the order asked: what its app says that it is about; null where none does. */
  async overviews(movieIds: readonly number[]): Promise<(string | null)[]> {
    const rows = await this.dataSource.query<{ movieId: number; overview: string | null }[]>(
      `SELECT movieId, overview FROM overlay_movie
       WHERE movieId IN (${placeholders(movieIds)}) AND isOwner = 1 AND isHidden = 0`,
      [...movieIds],
    );
    return inOrder(movieIds, rows, ({ movieId }) => movieId).map((row) => row?.overview ?? null);
  }

  /** One list per movie, in the order asked, at most `limit` each: the most used first, ties by tag; empty without any. */
  async tags(movieIds: readonly number[], limit: number): Promise<MovieTag[][]> {
    const rows = await this.dataSource.query<(MovieTag & { movieId: number })[]>(
      `SELECT movieId, tag, tagCount AS count FROM movie_tag
       WHERE movieId IN (${placeholders(movieIds)}) AND place <= ? ORDER BY movieId, place`,
      [...movieIds, limit],
    );
    const byMovie = groupBy(rows, ({ movieId }) => movieId);
    return movieIds.map((movieId) => byMovie.get(movieId) ?? []);
  }

  /** A stretch of the numbers of the movies with a tag. @param tag in lower case */
  async sliceOfTag(tag: string, request: SliceRequest<TagOrder>): Promise<Slice<number>> {
    const keyset = TAG_ORDERS[request.order];
    const after = afterPosition(keyset, request.after);
    const rows = await this.dataSource.query<TaggedRow[]>(
      `SELECT tagged.movieId, tagged.tagCount FROM movie_tag tagged
       WHERE tagged.tag = ? AND ${after.sql} ORDER BY ${orderTerms(keyset)} LIMIT ?`,
      [tag, ...after.values, request.limit + 1],
    );
    return toSlice(rows, keyset, request.limit, ({ movieId }) => movieId);
  }

  /** The number of movies with a tag. @param tag in lower case */
  async countOfTag(tag: string): Promise<number> {
    const [row] = await this.dataSource.query<{ total: number | string }[]>(
      'SELECT COUNT(*) AS total FROM movie_tag WHERE tag = ?',
      [tag],
    );
    return Number(row?.total ?? 0);
  }

  /** A stretch of the movies that pass the filter. */
  async slice(filter: ResolvedFilter, request: SliceRequest<MovieOrder>): Promise<Slice<Movie>> {
    const keyset = MOVIE_ORDERS[request.order];
    const passing = filterSql(filter);
    const after = afterPosition(keyset, request.after);
    const passed = `${passing.sql} AND ${after.sql} ORDER BY ${orderTerms(keyset)} LIMIT ?`;
    const values = [...passing.values, ...after.values, request.limit + 1];
    // What is passed over is counted in an index where there is one, and nothing else of it read.
    const rows =
      request.skip === 0
        ? await this.dataSource.query<MovieRow[]>(`${SELECTION} FROM movie ${LINKS} WHERE ${passed}`, values)
        : await this.dataSource.query<MovieRow[]>(
            `${SELECTION} FROM (SELECT movie.movieId FROM movie WHERE ${passed} OFFSET ?) page
             JOIN movie ON movie.movieId = page.movieId ${LINKS} ORDER BY ${orderTerms(keyset)}`,
            [...values, request.skip],
          );
    return toSlice(rows, keyset, request.limit, toMovie);
  }

  /** The number of movies that pass the filter. */
  async count(filter: ResolvedFilter): Promise<number> {
    const { sql, values } = filterSql(filter);
    const [row] = await this.dataSource.query<{ total: number | string }[]>(
      `SELECT COUNT(*) AS total FROM movie WHERE ${sql}`,
      values,
    );
    return Number(row?.total ?? 0);
  }

  /** The same stretch of each genre's movies, in the order of the genres asked; empty where the genre does not exist. */
  async slicesOfGenres(
    genreIds: readonly number[],
    request: SliceRequest<MovieOrder>,
  ): Promise<Slice<Movie>[]> {
    const keyset = MOVIE_ORDERS[request.order];
    const after = afterPosition(keyset, request.after);
    const rows = await this.dataSource.query<(MovieRow & { genreId: number })[]>(
      `${SELECTION}, movie.genreId FROM (
         SELECT link.genreId, ${MOVIE_COLUMNS.join(', ')},
                ROW_NUMBER() OVER (PARTITION BY link.genreId ORDER BY ${orderTerms(keyset)}) AS place
         FROM movie_genre link JOIN movie ON movie.movieId = link.movieId
         WHERE link.genreId IN (${placeholders(genreIds)}) AND ${after.sql}
       ) movie ${LINKS}
       WHERE movie.place <= ? ORDER BY movie.genreId, movie.place`,
      [...genreIds, ...after.values, request.limit + 1],
    );
    const byGenre = groupBy(rows, ({ genreId }) => genreId);
    return genreIds.map((genreId) => toSlice(byGenre.get(genreId) ?? [], keyset, request.limit, toMovie));
  }
}

function toMovie(row: MovieRow): Movie {
  const { movieId, title, releaseYear, posterUrl, ratingCount, weightedRating, imdbId, tmdbId } = row;
  return Object.assign(new Movie(), {
    id: toNodeId('Movie', movieId),
    movieId,
    title,
    releaseYear,
    posterUrl,
    ratingCount,
    weightedRating,
    averageRating: ratingCount === 0 ? null : row.halfStarSum / 2 / ratingCount,
    ratingHistogram: HISTOGRAM_COLUMNS.map((column, index): RatingBucket => ({
      rating: (index + 1) / 2,
      count: row[column],
    })),
    imdbUrl: imdbId === null ? null : `https://www.imdb.com/title/tt${String(imdbId).padStart(7, '0')}/`,
    tmdbUrl: tmdbId === null ? null : `https://www.themoviedb.org/movie/${tmdbId}`,
  });
}
