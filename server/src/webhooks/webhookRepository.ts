import {
  WEBHOOK_EVENTS,
  WebhookDeliveryEntity,
  WebhookEntity,
  type Database,
  type WebhookEventName,
} from '@pocketrocket/schema/database';
import { AppError, randomId, randomToken } from '@pocketrocket/runtime';
import { refuse } from '../arguments/checks.ts';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import { checkWebhookAddress, type WebhookRules } from './webhookAddress.ts';

/** Webhooks that there may be: each event is written once for each. */
export const MAX_WEBHOOKS = 20;

/** A webhook as it is told, without its secret. */
export interface ListedWebhook {
  webhookId: string;
  url: string;
  events: WebhookEventName[];
  createdAtSeconds: number;
  pendingCount: number;
  failedCount: number;
  /** The delivery that was last attempted; null before the first. */
  last: { attemptedAtSeconds: number; status: number | null; problem: string | null } | null;
}

/**
 * Makes a webhook.
 * @returns with the secret, which is told this once
 * @throws AppError BAD_USER_INPUT for an address that webhooks may not have, or for too many of them
 */
export async function createWebhook(
  database: Database,
  { url, events }: { url: string; events: readonly WebhookEventName[] },
  { rules, deadline }: { rules: WebhookRules; deadline: Deadline },
): Promise<{ webhook: ListedWebhook; secret: string }> {
  if (events.length === 0) refuse(`events must name at least one of ${WEBHOOK_EVENTS.join(', ')}`);
  if (events.length > 10 * WEBHOOK_EVENTS.length) refuse('events names the same events again and again');
  const address = await checkWebhookAddress(url, rules);
  const row = {
    webhookId: randomId(),
    url: address,
    events: [...new Set(events)],
    secret: `whsec_${randomToken()}`,
    createdAtSeconds: nowSeconds(),
  };
  await writeInTransaction(database, deadline, async (manager) => {
    if ((await manager.count(WebhookEntity)) >= MAX_WEBHOOKS)
      refuse(`there are ${MAX_WEBHOOKS} webhooks already: delete one first`);
    await manager.insert(WebhookEntity, row);
  });
  const { secret, ...webhook } = row;
  return { webhook: { ...webhook, pendingCount: 0, failedCount: 0, last: null }, secret };
}

/** Deletes a webhook and what still waits for it. @throws AppError NOT_FOUND */
export async function deleteWebhook(
  database: Database,
  webhookId: string,
  deadline: Deadline,
): Promise<void> {
  await writeInTransaction(database, deadline, async (manager) => {
    if (!(await manager.existsBy(WebhookEntity, { webhookId })))
      throw new AppError('NOT_FOUND', 'there is no such webhook; `admin { webhooks }` lists all');
    await manager.delete(WebhookDeliveryEntity, { webhookId });
    await manager.delete(WebhookEntity, { webhookId });
  });
}

/** All webhooks, oldest first, with how their deliveries go. */
export async function listWebhooks({ dataSource }: Database): Promise<ListedWebhook[]> {
  const webhooks = await dataSource
    .getRepository(WebhookEntity)
    .find({ order: { createdAtSeconds: 'ASC', webhookId: 'ASC' } });
  return Promise.all(
    webhooks.map(async ({ webhookId, url, events, createdAtSeconds }) => {
      const deliveries = dataSource.getRepository(WebhookDeliveryEntity);
      const [last] = await deliveries
        .createQueryBuilder('delivery')
        .where('delivery.webhookId = :webhookId AND delivery.attemptedAtSeconds IS NOT NULL', { webhookId })
        .orderBy('delivery.attemptedAtSeconds', 'DESC')
        .take(1)
        .getMany();
      return {
        ...{ webhookId, url, events, createdAtSeconds },
        pendingCount: await deliveries.countBy({ webhookId, state: 'pending' }),
        failedCount: await deliveries.countBy({ webhookId, state: 'failed' }),
        last: last
          ? {
              attemptedAtSeconds: last.attemptedAtSeconds ?? 0,
              status: last.status,
              problem: last.problem,
            }
          : null,
      };
    }),
  );
}
