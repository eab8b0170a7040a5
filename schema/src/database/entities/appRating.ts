import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The rating that the events of an app's user on a movie come to, in the shape of `rating`; none of an app that shares its users. */
@Entity('app_rating')
@Index('app_rating_by_user_and_time', ['userId', 'ratedAtSeconds', 'movieId'])
@Index('app_rating_by_movie', ['movieId', 'halfStars', 'userId'])
export class AppRatingEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @PrimaryColumn({ type: 'int' })
  movieId!: number;

  /** The rating in half stars, 1 to 10. */
  @Column({ type: 'tinyint' })
  halfStars!: number;

  /** Unix time of the event that counts. */
  @Column({ type: 'int', nullable: true })
  ratedAtSeconds!: number | null;
}
