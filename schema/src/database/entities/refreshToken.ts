import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RANDOM_ID_LENGTH, TOKEN_HASH_LENGTH } from './account.ts';

/**
 * A refresh token that was handed out. Those of one sign-in are a family, each rotated from the one before: the session. Used tokens
 * stay until they expire, so that a second use is noticed.
 */
@Entity('refresh_token')
@Index('refresh_token_by_user', ['userId', 'familyId'])
export class RefreshTokenEntity {
  @PrimaryColumn({ type: 'varchar', length: TOKEN_HASH_LENGTH })
  tokenHash!: string;

  @Index('refresh_token_by_family')
  @Column({ type: 'varchar', length: RANDOM_ID_LENGTH })
  familyId!: string;

  @Column({ type: 'int' })
  userId!: number;

  /** Hash of the token that this one replaced; null for the first of a session. */
  @Column({ type: 'varchar', length: TOKEN_HASH_LENGTH, nullable: true })
  rotatedFrom!: string | null;

  @Column({ type: 'int' })
  createdAtSeconds!: number;

  @Index('refresh_token_by_expiry')
  @Column({ type: 'int' })
  expiresAtSeconds!: number;

  /** When it was first exchanged for another one; null while it was not. */
  @Column({ type: 'int', nullable: true })
  usedAtSeconds!: number | null;
}
