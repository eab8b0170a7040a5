import type { MovieContent } from '@pocketrocket/model';
import { MovieEntity, MovieGenreEntity, type Database } from '@pocketrocket/schema/database';

/** A movie of the database: its content, and the number of its ratings. */
export interface CatalogueMovie extends MovieContent {
  readonly ratingCount: number;
}

/** Reads every movie, ascending by movieId, each with the ids of its genres in ascending order. */
export async function readCatalogue({ dataSource }: Database): Promise<CatalogueMovie[]> {
  const movies = await dataSource
    .getRepository(MovieEntity)
    .createQueryBuilder('movie')
    .select('movie.movieId', 'movieId')
    .addSelect('movie.title', 'title')
    .addSelect('movie.releaseYear', 'releaseYear')
    .addSelect('movie.ratingCount', 'ratingCount')
    .orderBy('movie.movieId')
    .getRawMany<{ movieId: number; title: string; releaseYear: number | null; ratingCount: number }>();
  const links = await dataSource
    .getRepository(MovieGenreEntity)
    .createQueryBuilder('link')
    .select('link.movieId', 'movieId')
    .addSelect('link.genreId', 'genreId')
    .orderBy('link.movieId')
    .addOrderBy('link.genreId')
    .getRawMany<{ movieId: number; genreId: number }>();
  const genres = new Map<number, string[]>(movies.map(({ movieId }) => [movieId, []]));
  for (const { movieId, genreId } of links) genres.get(movieId)?.push(String(genreId));
  return movies.map((movie) => ({ ...movie, genres: genres.get(movie.movieId) ?? [] }));
}
