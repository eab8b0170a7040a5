import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The count of changes that apps have made to the catalogue; a table of one row, or of none before the first time. */
@Entity('catalogue_state')
export class CatalogueStateEntity {
  /** Always 1. */
  @PrimaryColumn({ type: 'int' })
  stateId!: number;

  /** Raised by every transaction that changes movies of apps, which locks the row: they write one after the other. */
  @Column({ type: 'int' })
  version!: number;

  /** The last number that a movie of an app was given; none is given twice. 0 before the first. */
  @Column({ type: 'int' })
  lastMovieId!: number;
}
