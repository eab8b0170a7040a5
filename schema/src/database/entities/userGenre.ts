import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A user's ratings of one genre, aggregated in the transaction that writes a rating. */
@Entity('user_genre')
export class UserGenreEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @PrimaryColumn({ type: 'int' })
  genreId!: number;

  @Column({ type: 'int' })
  ratingCount!: number;

  /** Sum of the ratings in half stars. */
  @Column({ type: 'int' })
  halfStarSum!: number;
}
