import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The number of an account that was deleted, and nothing else of it. The number is never given again: a model may still hold vectors of
 * it; and other servers forget what they cached of it.
 */
@Entity('erased_account')
export class ErasedAccountEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @Index('erased_account_by_time')
  @Column({ type: 'int' })
  erasedAtSeconds!: number;
}
