import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { TOKEN_HASH_LENGTH } from './account.ts';

/** Characters of `TasteLinkEntity.linkId`: 128 random bits in base64url. */
const LINK_ID_LENGTH = 22;

/** A link by which others watch films with somebody: to an account's ratings as they are then, or to a visitor's as they were given. */
@Entity('taste_link')
export class TasteLinkEntity {
  @PrimaryColumn({ type: 'varchar', length: TOKEN_HASH_LENGTH })
  tokenHash!: string;

  /** Known to its maker alone; by it the link is taken back. */
  @Index('taste_link_by_id', { unique: true })
  @Column({ type: 'varchar', length: LINK_ID_LENGTH })
  linkId!: string;

  /** Null for a visitor without an account. */
  @Index('taste_link_by_user')
  @Column({ type: 'int', nullable: true })
  userId!: number | null;

  /** The name of a visitor; accounts have names of their own. */
  @Column({ type: 'varchar', length: 100, nullable: true })
  name!: string | null;

  /** A visitor's ratings as JSON, `[[movieId, halfStars], …]`, oldest first. */
  @Column({ type: 'text', nullable: true })
  ratings!: string | null;

  @Column({ type: 'int' })
  createdAtSeconds!: number;

  @Column({ type: 'int' })
  expiresAtSeconds!: number;
}
