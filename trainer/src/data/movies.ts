import { GenreEntity, MovieEntity, MovieGenreEntity, type Database } from '@pocketrocket/schema/database';

/** A movie as reports show it. */
export interface MovieFacts {
  /** With its year, where that is known. */
  title: string;
  releaseYear: number | null;
  /** Ascending by name. */
  genres: string[];
}

/** Every movie of the database, by id. */
export async function readMovies({ dataSource }: Database): Promise<Map<number, MovieFacts>> {
  const movies = await dataSource
    .getRepository(MovieEntity)
    .createQueryBuilder('movie')
    .select('movie.movieId', 'movieId')
    .addSelect('movie.title', 'title')
    .addSelect('movie.releaseYear', 'releaseYear')
    .getRawMany<{ movieId: number; title: string; releaseYear: number | null }>();
  const facts = new Map(
    movies.map(({ movieId, title, releaseYear }): [number, MovieFacts] => [
      movieId,
      { title: releaseYear ? `${title} (${releaseYear})` : title, releaseYear, genres: [] },
    ]),
  );
  const genres = await dataSource
    .getRepository(MovieGenreEntity)
    .createQueryBuilder('link')
    .innerJoin(GenreEntity, 'genre', 'genre.genreId = link.genreId')
    .select('link.movieId', 'movieId')
    .addSelect('genre.name', 'name')
    .orderBy('genre.name')
    .getRawMany<{ movieId: number; name: string }>();
  for (const { movieId, name } of genres) facts.get(movieId)?.genres.push(name);
  return facts;
}

/** Years of release by movie, as far as they are known. */
export async function readReleaseYears({ dataSource }: Database): Promise<Map<number, number>> {
  const movies = await dataSource
    .getRepository(MovieEntity)
    .createQueryBuilder('movie')
    .select('movie.movieId', 'movieId')
    .addSelect('movie.releaseYear', 'releaseYear')
    .where('movie.releaseYear IS NOT NULL')
    .getRawMany<{ movieId: number; releaseYear: number }>();
  return new Map(movies.map(({ movieId, releaseYear }) => [movieId, releaseYear]));
}

/** The movies' titles with years, by id. */
export async function readTitles(
  { dataSource }: Database,
  movieIds: readonly number[],
): Promise<Map<number, string>> {
  if (movieIds.length === 0) return new Map();
  const movies = await dataSource
    .getRepository(MovieEntity)
    .createQueryBuilder('movie')
    .where('movie.movieId IN (:...movieIds)', { movieIds })
    .getMany();
  return new Map(
    movies.map(({ movieId, title, releaseYear }) => [
      movieId,
      releaseYear ? `${title} (${releaseYear})` : title,
    ]),
  );
}
