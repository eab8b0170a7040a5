import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one data set that a database holds; a table of one row. */
@Entity('dataset')
export class DatasetEntity {
  /** Always 1. */
  @PrimaryColumn({ type: 'int' })
  datasetId!: number;

  /** Such as `ml-latest-small` or `sample`. */
  @Column({ type: 'varchar', length: 200 })
  name!: string;

  /** Digest of what was imported, `sha256:…`; equal for equal movies, genres, links and ratings. */
  @Column({ type: 'varchar', length: 80 })
  identity!: string;

  /** True where the ratings are made up. */
  @Column({ type: 'boolean' })
  synthetic!: boolean;

  @Column({ type: 'int' })
  movieCount!: number;

  @Column({ type: 'int' })
  userCount!: number;

  @Column({ type: 'int' })
  ratingCount!: number;

  @Column({ type: 'int' })
  genreCount!: number;

  /** Mean of all ratings at import, in stars: what `weightedRating` is damped towards. */
  @Column({ type: 'double' })
  meanRating!: number;

  @Column({ type: 'int' })
  importedAtSeconds!: number;
}
