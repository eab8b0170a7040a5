import { randomId } from '@pocketrocket/runtime';
import { WebhookDeliveryEntity, WebhookEntity, type WebhookEventName } from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import { nowSeconds } from '../timing/clock.ts';

const ROWS_PER_STATEMENT = 200;

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
  return addAllToOutbox(manager, event, [data], happenedAtSeconds);
}

/** The same for several events of one kind. */
export async function addAllToOutbox(
  manager: EntityManager,
  event: WebhookEventName,
  all: readonly WebhookData[],
  happenedAtSeconds = nowSeconds(),
): Promise<number> {
  const webhooks = (await manager.find(WebhookEntity)).filter(
    ({ events, createdAtSeconds }) => events.includes(event) && createdAtSeconds <= happenedAtSeconds,
  );
  const now = nowSeconds();
  const rows = webhooks.flatMap(({ webhookId }) =>
    all.map((data) => ({
      deliveryId: randomId(),
      webhookId,
      event,
      data,
      state: 'pending' as const,
      attempts: 0,
      createdAtSeconds: now,
      nextAttemptAtSeconds: now,
      attemptedAtSeconds: null,
      status: null,
      problem: null,
    })),
  );
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
    await manager.insert(WebhookDeliveryEntity, rows.slice(start, start + ROWS_PER_STATEMENT));
  return webhooks.length;
}
