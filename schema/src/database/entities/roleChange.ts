import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RANDOM_ID_LENGTH, type AccountRole } from './account.ts';

/** A role that was given to an account. */
@Entity('role_change')
@Index('role_change_by_time', ['changedAtSeconds', 'roleChangeId'])
export class RoleChangeEntity {
  /** Random. */
  @PrimaryColumn({ type: 'varchar', length: RANDOM_ID_LENGTH })
  roleChangeId!: string;

  @Index('role_change_by_user')
  @Column({ type: 'int' })
  userId!: number;

  @Column({ type: 'varchar', length: 10 })
  role!: AccountRole;

  /** The operating system's user who ran the command. */
  @Column({ type: 'varchar', length: 100 })
  changedBy!: string;

  @Column({ type: 'int' })
  changedAtSeconds!: number;
}
