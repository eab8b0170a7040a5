import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RatingHistogramColumns } from './ratingHistogram.ts';

@Entity('movie')
@Index('movie_by_weighted_rating', ['weightedRating', 'movieId'])
@Index('movie_by_rating_count', ['ratingCount', 'movieId'])
@Index('movie_by_release_year', ['releaseYear', 'movieId'])
@Index('movie_by_title', ['sortTitle', 'movieId'])
export class MovieEntity {
  @PrimaryColumn({ type: 'int' })
  movieId!: number;

  @Column({ type: 'varchar', length: 300 })
  title!: string;

  /** The title as lists sort and searches compare it: see `toSortTitle`. Databases fold case and accents differently. */
  @Column({ type: 'varchar', length: 300 })
  sortTitle!: string;

  /** Other names of the film, such as the original one. */
  @Column({ type: 'simple-json' })
  alternativeTitles!: string[];

  @Column({ type: 'int', nullable: true })
  releaseYear!: number | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  posterUrl!: string | null;

  /** Aggregates of the movie's ratings, kept in the transaction that writes a rating. */
  @Column({ type: 'int', default: 0 })
  ratingCount!: number;

  /** Sum of the ratings in half stars. */
  @Column({ type: 'int', default: 0 })
  halfStarSum!: number;

  /** See `weightedRating`. */
  @Column({ type: 'double', default: 0 })
  weightedRating!: number;

  @Column(() => RatingHistogramColumns, { prefix: '' })
  histogram!: RatingHistogramColumns;
}
