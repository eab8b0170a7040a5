import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { GenreEntity } from './genre.ts';
import { MovieEntity } from './movie.ts';

/** That a movie has a genre; a movie may have several. */
@Entity('movie_genre')
@Index('movie_genre_by_genre', ['genreId', 'movieId'])
export class MovieGenreEntity {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey(() => MovieEntity, 'movieId', { name: 'movie_genre_movie', onDelete: 'CASCADE' })
  movieId!: number;

  @PrimaryColumn({ type: 'int' })
  @ForeignKey(() => GenreEntity, 'genreId', { name: 'movie_genre_genre', onDelete: 'CASCADE' })
  genreId!: number;
}
