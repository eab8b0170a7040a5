import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Length of the random id of an app. */
export const APP_ID_LENGTH = 12;
export const APP_NAME_LENGTH = 100;

/**
 * Somebody else's app, which has users, events and films of its own here. It outlives the data set. Whoever writes what belongs to it
 * locks its row first (`lockApp`), as an import does that replaces the data set.
 */
@Entity('app')
export class AppEntity {
  /** Random, of digits and lower-case letters. */
  @PrimaryColumn({ type: 'varchar', length: APP_ID_LENGTH })
  appId!: string;

  @Column({ type: 'varchar', length: APP_NAME_LENGTH })
  name!: string;

  /** 1 if its users and their ratings stand among all others; 0 if the app alone sees them. Never changes. */
  @Column({ type: 'int', default: 0 })
  sharesUsers!: number;

  @Column({ type: 'int' })
  createdAtSeconds!: number;
}
