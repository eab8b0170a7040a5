import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The longest tag that is kept, in characters. */
export const MAX_TAG_LENGTH = 100;

/** A tag of a movie, with the number of times that it was given. Belongs to the data set, but not to what its identity is made of. */
@Entity('movie_tag')
@Index('movie_tag_by_tag', ['tag', 'tagCount', 'movieId'])
export class MovieTagEntity {
  @PrimaryColumn({ type: 'int' })
  movieId!: number;

  /** Among the movie's tags, from 1: the most used first, ties by tag. */
  @PrimaryColumn({ type: 'int' })
  place!: number;

  /** In lower case. */
  @Column({ type: 'varchar', length: MAX_TAG_LENGTH })
  tag!: string;

  @Column({ type: 'int' })
  tagCount!: number;
}
