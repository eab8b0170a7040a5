import { Genre, toNodeId } from '@pocketrocket/schema';
import { GenreEntity } from '@pocketrocket/schema/database';
import { In, MoreThan, type DataSource } from 'typeorm';
import { groupBy, inOrder, placeholders } from '../database/batches.ts';

export class GenreRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** All genres that a movie has, by name. */
  async all(): Promise<Genre[]> {
    const rows = await this.dataSource
      .getRepository(GenreEntity)
      .find({ where: { movieCount: MoreThan(0) }, order: { name: 'ASC' } });
    return rows.map(toGenre);
  }

  /** The genre of a name in any case; null where there is none. */
  async byName(name: string): Promise<Genre | null> {
    // Databases fold case differently, and genres are few.
    const genres = await this.all();
    return genres.find((genre) => genre.name.toLowerCase() === name.toLowerCase()) ?? null;
  }

  /** One entry per id, in the order asked; null where the genre does not exist. */
  async byIds(genreIds: readonly number[]): Promise<(Genre | null)[]> {
    const rows = await this.dataSource.getRepository(GenreEntity).findBy({ genreId: In([...genreIds]) });
    return inOrder(genreIds, rows.map(toGenre), ({ genreId }) => genreId);
  }

  /** One list per movie, in the order asked, each by name; empty where the movie has none or does not exist. */
  async ofMovies(movieIds: readonly number[]): Promise<Genre[][]> {
    const rows = await this.dataSource.query<(GenreRow & { movieId: number })[]>(
      `SELECT link.movieId, genre.genreId, genre.name, genre.movieCount
       FROM movie_genre link JOIN genre ON genre.genreId = link.genreId
       WHERE link.movieId IN (${placeholders(movieIds)})
       ORDER BY genre.name`,
      [...movieIds],
    );
    const genres = groupBy(rows, ({ movieId }) => movieId);
    return movieIds.map((movieId) => (genres.get(movieId) ?? []).map(toGenre));
  }
}

/** The columns that a statement must select for `toGenre`. */
export interface GenreRow {
  genreId: number;
  name: string;
  movieCount: number;
}

export function toGenre({ genreId, name, movieCount }: GenreRow): Genre {
  return Object.assign(new Genre(), { id: toNodeId('Genre', genreId), genreId, name, movieCount });
}
