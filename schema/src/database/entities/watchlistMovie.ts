import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A movie that a user means to watch; rating it takes it off the list. */
@Entity('watchlist_movie')
export class WatchlistMovieEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @PrimaryColumn({ type: 'int' })
  movieId!: number;

  @Column({ type: 'int' })
  addedAtSeconds!: number;
}
