import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Length of an external id in characters, as `formats` limits it. */
export const EXTERNAL_ID_LENGTH = 200;
export const NAMESPACE_LENGTH = 60;

/** The namespace of the ids that the data set's files write; an import replaces all its rows, and no others. */
export const DATASET_NAMESPACE = 'dataset';

/**
 * The namespace of ids that earlier data sets' files wrote, of movies that apps' events name: where such a movie comes back, it has its
 * number again.
 */
export const FORMER_NAMESPACE = 'dataset:former';

/**
 * The number by which a user is known here, for ids that are no plain numbers: UUIDs, names, 64-bit numbers. An id that is a number
 * below `FIRST_ACCOUNT_USER_ID` is its own number and has no row. The numbers given are from `FIRST_MAPPED_ID` on, so that they
 * meet neither those nor accounts'.
 */
@Entity('user_external_id')
export class UserExternalIdEntity {
  /** The party that gave the id: `DATASET_NAMESPACE`, or another one. */
  @PrimaryColumn({ type: 'varchar', length: NAMESPACE_LENGTH })
  namespace!: string;

  @PrimaryColumn({ type: 'varchar', length: EXTERNAL_ID_LENGTH })
  externalId!: string;

  @Index('user_external_id_by_user')
  @Column({ type: 'int' })
  userId!: number;
}
