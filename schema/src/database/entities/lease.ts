import { Column, Entity, PrimaryColumn } from 'typeorm';
import { RANDOM_ID_LENGTH } from './account.ts';

/** Work that one of several servers does, and what it has come to. */
@Entity('lease')
export class LeaseEntity {
  /** Of the work, such as `webhooks`. */
  @PrimaryColumn({ type: 'varchar', length: 40 })
  name!: string;

  /** Random; names the server that does it. */
  @Column({ type: 'varchar', length: RANDOM_ID_LENGTH })
  owner!: string;

  /** Another server may take it from then on. */
  @Column({ type: 'int' })
  expiresAtSeconds!: number;

  /** A note for the next owner; null before there is anything. */
  @Column({ type: 'varchar', length: 300, nullable: true })
  note!: string | null;
}
