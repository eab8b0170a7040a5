import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { MovieEntity } from './movie.ts';

/** Ids of a movie in other databases of films. */
@Entity('external_ids')
export class ExternalIdsEntity {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey(() => MovieEntity, 'movieId', { name: 'external_ids_movie', onDelete: 'CASCADE' })
  movieId!: number;

  /** IMDb's number of the title, without `tt` and leading zeros. */
  @Index('external_ids_by_imdb')
  @Column({ type: 'int', nullable: true })
  imdbId!: number | null;

  @Index('external_ids_by_tmdb')
  @Column({ type: 'int', nullable: true })
  tmdbId!: number | null;
}
