import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Length that the client's name of an import may have. */
export const MAX_IMPORT_ID_LENGTH = 64;

/** A person's ratings of elsewhere, brought into an account; kept so that they can be taken back. */
@Entity('rating_import')
export class RatingImportEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  /** Chosen by the client; other accounts may use the same. */
  @PrimaryColumn({ type: 'varchar', length: MAX_IMPORT_ID_LENGTH })
  importId!: string;

  /** Identity of the data set whose movies the rows name; another one numbers other movies so. */
  @Column({ type: 'varchar', length: 80 })
  dataset!: string;

  @Column({ type: 'int' })
  startedAtSeconds!: number;

  /** Null while it stands. */
  @Column({ type: 'int', nullable: true })
  undoneAtSeconds!: number | null;
}
