import type { Genre } from '@pocketrocket/schema';
import { DatasetEntity, MovieGenreEntity } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import type { CatalogueMovie } from './catalogue.ts';
import type { SearchableMovie } from './titleSearch.ts';
import { GenreRepository } from '../genres/genreRepository.ts';

interface MovieRow {
  movieId: number;
  title: string;
  alternativeTitles: string;
  releaseYear: number | null;
  ratingCount: number;
  halfStarSum: number;
}

/** Reads everything at once, for memory. */
export class CatalogueRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The data set that the database holds; null for an empty database. */
  async dataset(): Promise<DatasetEntity | null> {
    return this.dataSource.getRepository(DatasetEntity).findOneBy({ datasetId: 1 });
  }

  /** All genres by name, all movies ascending by movieId, and their titles in the same order. */
  async read(): Promise<{
    dataset: DatasetEntity | null;
    genres: Genre[];
    movies: CatalogueMovie[];
    titles: SearchableMovie[];
  }> {
    const dataset = await this.dataset();
    const genres = await new GenreRepository(this.dataSource).all();
    const rows = await this.dataSource.query<MovieRow[]>(
      'SELECT movieId, title, alternativeTitles, releaseYear, ratingCount, halfStarSum FROM movie ORDER BY movieId',
    );
    const pairs = await this.dataSource
      .createQueryBuilder(MovieGenreEntity, 'link')
      .select(['link.movieId AS movieId', 'link.genreId AS genreId'])
      .getRawMany<{ movieId: number; genreId: number }>();
    const genreIds = new Map<number, number[]>(rows.map(({ movieId }) => [movieId, []]));
    for (const { movieId, genreId } of pairs) genreIds.get(movieId)?.push(genreId);
    return {
      dataset,
      genres,
      movies: rows.map(({ movieId, title, releaseYear, ratingCount, halfStarSum }) => ({
        movieId,
        title,
        releaseYear,
        ratingCount,
        halfStarSum,
        genreIds: genreIds.get(movieId) ?? [],
      })),
      titles: rows.map(({ movieId, title, alternativeTitles, ratingCount }) => ({
        movieId,
        title,
        alternativeTitles: JSON.parse(alternativeTitles) as string[],
        ratingCount,
      })),
    };
  }
}
