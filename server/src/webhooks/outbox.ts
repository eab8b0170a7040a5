import { randomBytes } from 'node:crypto';
import { WebhookDeliveryEntity, WebhookEntity, type WebhookEventName } from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import { nowSeconds } from '../timing/clock.ts';

/** The event's own fields. */
export type WebhookData = Record<string, string | number | null>;

/**
 * Writes an event for each webhook that is told of its kind, in the transaction that it is of: it is delivered if, and only if, that is
 * committed.
 * @param happenedAtSeconds webhooks that were made later are not told
 * @returns the number of webhooks
 */
export async function addToOutbox(
  manager: EntityManager,
  event: WebhookEventName,
  data: WebhookData,
  happenedAtSeconds = nowSeconds(),
): Promise<number> {
  const webhooks = (await manager.find(WebhookEntity)).filter(
    ({ events, createdAtSeconds }) => events.includes(event) && createdAtSeconds <= happenedAtSeconds,
  );
  const now = nowSeconds();
  for (const { webhookId } of webhooks)
    await manager.insert(WebhookDeliveryEntity, {
      deliveryId: randomBytes(16).toString('base64url'),
      webhookId,
      event,
      data,
      state: 'pending',
      attempts: 0,
      createdAtSeconds: now,
      nextAttemptAtSeconds: now,
      attemptedAtSeconds: null,
      status: null,
      problem: null,
    });
  return webhooks.length;
}
