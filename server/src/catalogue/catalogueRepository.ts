import { DatasetEntity, MovieGenreEntity } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import type { SharedCatalogue } from './catalogue.ts';
import { MoviePacker } from './movieTable.ts';
import { TextPacker, type PackedTexts } from './packedTexts.ts';
import { GenreRepository } from '../genres/genreRepository.ts';
import { Turns } from '../timing/turns.ts';

interface MovieRow {
  movieId: number;
  title: string;
  alternativeTitles: string;
  releaseYear: number | null;
  ratingCount: number;
  halfStarSum: number;
}

/** Everything of a data set that is held in memory, but for the index of its titles. */
export interface ReadCatalogue extends Omit<SharedCatalogue, 'index'> {
  /** A list in JSON for each movie. */
  alternativeTitles: PackedTexts;
}

/** Movies of a page: few enough that no page holds up the event loop. */
const PAGE = 2_000;

/** Reads everything, for memory. */
export class CatalogueRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The data set that the database holds; null for an empty database. */
  async dataset(): Promise<DatasetEntity | null> {
    return this.dataSource.getRepository(DatasetEntity).findOneBy({ datasetId: 1 });
  }

  /** Reads page by page, so that requests are answered meanwhile, and again where the data set changes on the way. */
  async read(): Promise<ReadCatalogue> {
    const turns = new Turns();
    for (;;) {
      const dataset = await this.dataset();
      const genres = (await new GenreRepository(this.dataSource).all()).map(
        ({ genreId, name, movieCount }) => ({ genreId, name, movieCount }),
      );
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
          genres,
          movies: movies.packed(),
          alternativeTitles: alternativeTitles.packed(),
        };
    }
  }

  /** Reads the movies after one; the last of them, or null behind the last page. */
  private async readPage(after: number, movies: MoviePacker, titles: TextPacker): Promise<number | null> {
    const rows = await this.dataSource.query<MovieRow[]>(
      'SELECT movieId, title, alternativeTitles, releaseYear, ratingCount, halfStarSum FROM movie WHERE movieId > ? ORDER BY movieId LIMIT ?',
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
