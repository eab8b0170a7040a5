import type { MovieContent } from '@pocketrocket/model';
import {
  DismissedMovieEntity,
  MovieEntity,
  MovieGenreEntity,
  type Database,
} from '@pocketrocket/schema/database';

/** A movie of the database: its content, the number of its ratings, and the users in whose lists it must not be. */
export interface CatalogueMovie extends MovieContent {
  readonly ratingCount: number;
  readonly dismissedBy?: readonly number[];
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
  const dismissed = await dataSource.getRepository(DismissedMovieEntity).find({ order: { userId: 'ASC' } });
  const dismissedBy = new Map<number, number[]>();
  for (const { movieId, userId } of dismissed)
    dismissedBy.set(movieId, [...(dismissedBy.get(movieId) ?? []), userId]);
  return movies.map((movie) => ({
    ...movie,
    genres: genres.get(movie.movieId) ?? [],
    ...(dismissedBy.has(movie.movieId) && { dismissedBy: dismissedBy.get(movie.movieId) }),
  }));
}
