import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { APP_ID_LENGTH } from './app.ts';

/** Length that an app's id of an event may have. */
export const EVENT_ID_LENGTH = 100;

/** The kinds of events, as they are stored. */
export const EVENT_KINDS = [
  'rating',
  'view',
  'watch',
  'like',
  'dislike',
  'dismiss',
  'restore',
  'impression',
  'click',
] as const;

export type StoredEventKind = (typeof EVENT_KINDS)[number];

/** An act of a user of an app, as the app told it. What follows from a user's events on a movie is `app_rating` and `dismissed_movie`. */
@Entity('app_event')
@Index('app_event_by_user', ['userId', 'movieId'])
export class AppEventEntity {
  @PrimaryColumn({ type: 'varchar', length: APP_ID_LENGTH })
  appId!: string;

  /** Chosen by the app: the same one again is the same event. */
  @PrimaryColumn({ type: 'varchar', length: EVENT_ID_LENGTH })
  eventId!: string;

  @Column({ type: 'int' })
  userId!: number;

  /** Null once an import has replaced the data set by one without the movie. */
  @Column({ type: 'int', nullable: true })
  movieId!: number | null;

  @Column({ type: 'varchar', length: 10 })
  kind!: StoredEventKind;

  /** Of a rating half stars, 1 to 10; of watching the share watched, in thousandths. */
  @Column({ type: 'int', nullable: true })
  value!: number | null;

  @Column({ type: 'int' })
  occurredAtSeconds!: number;

  @Column({ type: 'int' })
  receivedAtSeconds!: number;

  /** Place among the user's events on the movie that came in the same second: of two of the same time the later one counts. */
  @Column({ type: 'int' })
  place!: number;
}
