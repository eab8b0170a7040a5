import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { MAX_IMPORT_ID_LENGTH } from './ratingImport.ts';

/** A rating that an import brought, taken over or not, and the one that it found. Gone once the import is undone. */
@Entity('imported_rating')
@Index('imported_rating_by_movie', ['userId', 'movieId'])
export class ImportedRatingEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @PrimaryColumn({ type: 'varchar', length: MAX_IMPORT_ID_LENGTH })
  importId!: string;

  @PrimaryColumn({ type: 'int' })
  movieId!: number;

  /** 1 to 10. */
  @Column({ type: 'tinyint' })
  halfStars!: number;

  @Column({ type: 'int', nullable: true })
  ratedAtSeconds!: number | null;

  /** Null where the movie was not rated. */
  @Column({ type: 'tinyint', nullable: true })
  beforeHalfStars!: number | null;

  @Column({ type: 'int', nullable: true })
  beforeRatedAtSeconds!: number | null;
}
