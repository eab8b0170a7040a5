import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Account users are numbered from here on, so that they never meet the users of a data set. */
export const FIRST_ACCOUNT_USER_ID = 1_000_000_000;

/** The sign-in of a user of this installation; name and aggregates are in `user`. It outlives the data set. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  /** Lower case and ASCII, so that every database compares it alike. */
  @Index('account_by_email', { unique: true })
  @Column({ type: 'varchar', length: 254 })
  email!: string;

  /** Argon2id in PHC string format: parameters and salt included. */
  @Column({ type: 'varchar', length: 255 })
  passwordHash!: string;

  @Column({ type: 'int' })
  createdAtSeconds!: number;
}
