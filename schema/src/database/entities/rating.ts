import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One rating per user and movie. No foreign keys: on MySQL they cut a bulk load to an eighth,
 * and whoever writes a rating has just read the movie and the user in the same transaction.
 */
@Entity('rating')
@Index('rating_by_user_and_time', ['userId', 'ratedAtSeconds', 'movieId'])
@Index('rating_by_movie', ['movieId', 'halfStars', 'userId'])
export class RatingEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @PrimaryColumn({ type: 'int' })
  movieId!: number;

  /** The rating in half stars, 1 to 10: whole numbers compare and add up alike in every database. */
  @Column({ type: 'tinyint' })
  halfStars!: number;

  /** Unix time; null where unknown. */
  @Column({ type: 'int', nullable: true })
  ratedAtSeconds!: number | null;
}
