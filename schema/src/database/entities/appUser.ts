import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { APP_ID_LENGTH } from './app.ts';
import { EXTERNAL_ID_LENGTH } from './userExternalId.ts';

/** Users of apps are numbered from here on, below the numbers that ids of a data set are given: neither those nor accounts meet them. */
export const FIRST_APP_USER_ID = 1_250_000_000;

/**
 * A user of an app. Users and ratings of apps stand in tables of their own, so that nobody else counts, lists or finds them; only those
 * of an app that shares them have a row in `user` too, and their ratings in `rating`.
 */
@Entity('app_user')
@Index('app_user_by_external_id', ['appId', 'externalId'], { unique: true })
export class AppUserEntity {
  @PrimaryColumn({ type: 'int' })
  userId!: number;

  @Column({ type: 'varchar', length: APP_ID_LENGTH })
  appId!: string;

  /** As the app calls the user. */
  @Column({ type: 'varchar', length: EXTERNAL_ID_LENGTH })
  externalId!: string;

  /** Null where the app gave none. */
  @Column({ type: 'varchar', length: 100, nullable: true })
  name!: string | null;

  /** Raised in the transaction that changes one of the user's ratings or dismissed movies. */
  @Column({ type: 'int', default: 0 })
  ratingsVersion!: number;

  @Column({ type: 'int' })
  createdAtSeconds!: number;
}
