import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Account users are numbered from here on, so that they never meet the users of a data set: those have smaller numbers, or, where their
 * ids are no numbers, ones far above.
 */
export const FIRST_ACCOUNT_USER_ID = 1_000_000_000;

/** The roles of accounts: `admin` also reads who was made one. */
export const ACCOUNT_ROLES = ['user', 'admin'] as const;

export type AccountRole = (typeof ACCOUNT_ROLES)[number];

/** Length of the random ids of accounts and sessions: 128 bits in base64url. */
export const RANDOM_ID_LENGTH = 22;

/** Length of a token's SHA-256 in base64url. */
export const TOKEN_HASH_LENGTH = 43;

/** The sign-in of a user of this installation; name and aggregates are in `user`. It outlives the data set. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  /** Random; what tokens name the account by. Never given to another one, as a number is after a restore. */
  @Index('account_by_id', { unique: true })
  @Column({ type: 'varchar', length: RANDOM_ID_LENGTH })
  accountId!: string;

  /** Lower case and ASCII, so that every database compares it alike. */
  @Index('account_by_email', { unique: true })
  @Column({ type: 'varchar', length: 254 })
  email!: string;

  /** Argon2id in PHC string format: parameters and salt included. */
  @Column({ type: 'varchar', length: 255 })
  passwordHash!: string;

  @Column({ type: 'int' })
  createdAtSeconds!: number;

  /** Null while nobody has followed the link that was sent to the address. */
  @Column({ type: 'int', nullable: true })
  emailConfirmedAtSeconds!: number | null;

  @Column({ type: 'varchar', length: 10, default: 'user' })
  role!: AccountRole;

  /** 1 if everybody may read the ratings and what follows from them; 0 if only their owner may. */
  @Column({ type: 'int', default: 0 })
  sharesRatings!: number;
}
