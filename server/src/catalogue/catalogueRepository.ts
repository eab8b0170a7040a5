import type { Genre } from '@pocketrocket/schema';
import { DatasetEntity, MovieGenreEntity } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import type { CatalogueMovie } from './catalogue.ts';
import type { SearchableMovie } from './titleSearch.ts';
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

/** Everything of a data set that is held in memory. */
interface WholeCatalogue {
  dataset: DatasetEntity | null;
  /** By name. */
  genres: Genre[];
  /** Ascending by movieId. */
  movies: CatalogueMovie[];
  /** In the same order. */
  titles: SearchableMovie[];
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
  async read(): Promise<WholeCatalogue> {
    const turns = new Turns();
    for (;;) {
      const dataset = await this.dataset();
      const genres = await new GenreRepository(this.dataSource).all();
      const movies: CatalogueMovie[] = [];
      const titles: SearchableMovie[] = [];
      let last: number | null = -1;
      while (last !== null) {
        await turns.yieldIfLong();
        last = await this.readPage(last, movies, titles);
      }
      if ((await this.dataset())?.identity === dataset?.identity) return { dataset, genres, movies, titles };
    }
  }

  /** Reads the movies after one; the last of them, or null behind the last page. */
  private async readPage(
    after: number,
    movies: CatalogueMovie[],
    titles: SearchableMovie[],
  ): Promise<number | null> {
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
      movies.push({ movieId, title, releaseYear, ratingCount, halfStarSum, genreIds: ofMovie });
      const others = JSON.parse(alternativeTitles) as string[];
      titles.push({ movieId, title, alternativeTitles: others, ratingCount });
    }
    return rows.length < PAGE ? null : last;
  }
}
