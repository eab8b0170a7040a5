import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RatingHistogramColumns } from './ratingHistogram.ts';

@Entity('user')
@Index('user_by_rating_count', ['ratingCount', 'userId'])
export class UserEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  /** Aggregates of the user's ratings, kept in the transaction that writes a rating. */
  @Column({ type: 'int', default: 0 })
  ratingCount!: number;

  /** Sum of the ratings in half stars. */
  @Column({ type: 'int', default: 0 })
  halfStarSum!: number;

  /** Raised in the transaction that changes one of the user's ratings. */
  @Column({ type: 'int', default: 0 })
  ratingsVersion!: number;

  @Column(() => RatingHistogramColumns, { prefix: '' })
  histogram!: RatingHistogramColumns;
}
