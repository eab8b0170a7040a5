import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A rating of a movie that its app has deleted; it counts for nothing, and comes back with the movie. */
@Entity('hidden_rating')
@Index('hidden_rating_by_movie', ['movieId', 'halfStars', 'userId'])
export class HiddenRatingEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @PrimaryColumn({ type: 'int' })
  movieId!: number;

  /** 1 to 10. */
  @Column({ type: 'tinyint' })
  halfStars!: number;

  @Column({ type: 'int', nullable: true })
  ratedAtSeconds!: number | null;
}
