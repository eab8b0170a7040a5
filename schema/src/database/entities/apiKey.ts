import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { TOKEN_HASH_LENGTH } from './account.ts';
import { APP_ID_LENGTH } from './app.ts';

/** Length of the random id of a key. */
export const KEY_ID_LENGTH = 16;
export const KEY_NAME_LENGTH = 100;

/** The uses that a key may be given. */
export const API_SCOPES = ['read', 'recommend', 'write:events', 'write:catalogue', 'admin'] as const;

export type StoredScope = (typeof API_SCOPES)[number];

/** A key by which an app asks; its secret stands nowhere. */
@Entity('api_key')
export class ApiKeyEntity {
  /** Random, of digits and lower-case letters; the part of the key that may be told. */
  @PrimaryColumn({ type: 'varchar', length: KEY_ID_LENGTH })
  keyId!: string;

  @Index('api_key_by_app')
  @Column({ type: 'varchar', length: APP_ID_LENGTH })
  appId!: string;

  @Column({ type: 'varchar', length: KEY_NAME_LENGTH })
  name!: string;

  /** SHA-256 of the secret, 256 random bits, in base64url. */
  @Column({ type: 'varchar', length: TOKEN_HASH_LENGTH })
  secretHash!: string;

  /** The same of the secret before the last rotation, which holds until then; null where there is none. */
  @Column({ type: 'varchar', length: TOKEN_HASH_LENGTH, nullable: true })
  previousHash!: string | null;

  @Column({ type: 'int', nullable: true })
  previousUntilSeconds!: number | null;

  /** Of `API_SCOPES`, separated by commas. */
  @Column({ type: 'varchar', length: 100 })
  scopes!: string;

  /** Units of cost that come back a second. */
  @Column({ type: 'int' })
  perSecond!: number;

  /** Units of cost that may be used at once. */
  @Column({ type: 'int' })
  burst!: number;

  @Column({ type: 'int' })
  createdAtSeconds!: number;

  /** Null for a key that holds until it is revoked. */
  @Column({ type: 'int', nullable: true })
  expiresAtSeconds!: number | null;

  /** To the minute. */
  @Column({ type: 'int', nullable: true })
  lastUsedAtSeconds!: number | null;

  @Column({ type: 'int', nullable: true })
  revokedAtSeconds!: number | null;
}
