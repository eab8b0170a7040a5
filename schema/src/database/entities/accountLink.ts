import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { TOKEN_HASH_LENGTH } from './account.ts';

/** The purpose of a link: a new password without the old one, or proof that an email address belongs to the account. */
export type LinkPurpose = 'reset' | 'confirm';

/** A link that was sent to an account's email address; it works once. */
@Entity('account_link')
export class AccountLinkEntity {
  @PrimaryColumn({ type: 'varchar', length: TOKEN_HASH_LENGTH })
  tokenHash!: string;

  @Index('account_link_by_user')
  @Column({ type: 'int' })
  userId!: number;

  @Column({ type: 'varchar', length: 10 })
  purpose!: LinkPurpose;

  @Column({ type: 'int' })
  expiresAtSeconds!: number;
}
