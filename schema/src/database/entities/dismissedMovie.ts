import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A movie that a user never wants to see in lists, until it is restored; of accounts and of apps' users alike. */
@Entity('dismissed_movie')
export class DismissedMovieEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @PrimaryColumn({ type: 'int' })
  movieId!: number;

  @Column({ type: 'int' })
  dismissedAtSeconds!: number;
}
