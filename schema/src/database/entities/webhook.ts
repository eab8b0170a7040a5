import { Column, Entity, PrimaryColumn } from 'typeorm';
import { RANDOM_ID_LENGTH } from './account.ts';

/** The events that webhooks can be told of. */
export const WEBHOOK_EVENTS = ['model.published', 'user.deleted'] as const;

export type WebhookEventName = (typeof WEBHOOK_EVENTS)[number];

/** Characters of the address of a webhook. */
export const MAX_WEBHOOK_URL_LENGTH = 1_000;

/** An address that is told of events. */
@Entity('webhook')
export class WebhookEntity {
  /** Random. */
  @PrimaryColumn({ type: 'varchar', length: RANDOM_ID_LENGTH })
  webhookId!: string;

  @Column({ type: 'varchar', length: MAX_WEBHOOK_URL_LENGTH })
  url!: string;

  @Column({ type: 'simple-json' })
  events!: WebhookEventName[];

  /** Signs what is sent: it must be known, so that it cannot be stored as a hash. */
  @Column({ type: 'varchar', length: 100 })
  secret!: string;

  @Column({ type: 'int' })
  createdAtSeconds!: number;
}
