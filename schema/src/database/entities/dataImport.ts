import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RANDOM_ID_LENGTH } from './account.ts';

/** The outcome of an import. */
export type DataImportStatus = 'imported' | 'replaced';

/** An import of a data set that took effect. It outlives the data set. */
@Entity('data_import')
@Index('data_import_by_time', ['finishedAtSeconds', 'dataImportId'])
export class DataImportEntity {
  /** Random. */
  @PrimaryColumn({ type: 'varchar', length: RANDOM_ID_LENGTH })
  dataImportId!: string;

  @Column({ type: 'varchar', length: 10 })
  status!: DataImportStatus;

  /** Name of the data set. */
  @Column({ type: 'varchar', length: 200 })
  dataset!: string;

  @Column({ type: 'varchar', length: 80 })
  identity!: string;

  @Column({ type: 'int' })
  movieCount!: number;

  @Column({ type: 'int' })
  userCount!: number;

  @Column({ type: 'int' })
  ratingCount!: number;

  /** Rows left out and values left empty, by kind. */
  @Column({ type: 'simple-json' })
  skipped!: Record<string, number>;

  @Column({ type: 'int' })
  startedAtSeconds!: number;

  @Column({ type: 'int' })
  finishedAtSeconds!: number;
}
