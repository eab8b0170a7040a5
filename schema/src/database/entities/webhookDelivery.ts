import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RANDOM_ID_LENGTH } from './account.ts';
import type { WebhookEventName } from './webhook.ts';

/** `pending` until the receiver has taken it, or a day has passed. */
export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** An event on its way to a webhook: written in the transaction that the event is of, so that none is lost. */
@Entity('webhook_delivery')
@Index('webhook_delivery_by_state', ['state', 'nextAttemptAtSeconds'])
export class WebhookDeliveryEntity {
  /** Random; receivers know by it what they have had already. */
  @PrimaryColumn({ type: 'varchar', length: RANDOM_ID_LENGTH })
  deliveryId!: string;

  @Index('webhook_delivery_by_webhook')
  @Column({ type: 'varchar', length: RANDOM_ID_LENGTH })
  webhookId!: string;

  @Column({ type: 'varchar', length: 40 })
  event!: WebhookEventName;

  /** The event's own fields. */
  @Column({ type: 'simple-json' })
  data!: Record<string, string | number | null>;

  @Column({ type: 'varchar', length: 10 })
  state!: DeliveryState;

  @Column({ type: 'int', default: 0 })
  attempts!: number;

  @Column({ type: 'int' })
  createdAtSeconds!: number;

  @Column({ type: 'int' })
  nextAttemptAtSeconds!: number;

  /** When the last attempt ended; null before the first. */
  @Column({ type: 'int', nullable: true })
  attemptedAtSeconds!: number | null;

  /** HTTP status of the last answer; null without one. */
  @Column({ type: 'int', nullable: true })
  status!: number | null;

  /** Why the last attempt failed; null where it did not. */
  @Column({ type: 'varchar', length: 300, nullable: true })
  problem!: string | null;
}
