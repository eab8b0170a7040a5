import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TOKEN_HASH_LENGTH } from './account.ts';

/** A network address from which somebody has signed in to an account; others' wrong guesses do not slow it down. */
@Entity('known_address')
export class KnownAddressEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  /** SHA-256 of the account's id and the address. */
  @PrimaryColumn({ type: 'varchar', length: TOKEN_HASH_LENGTH })
  addressHash!: string;

  @Column({ type: 'int' })
  seenAtSeconds!: number;
}
