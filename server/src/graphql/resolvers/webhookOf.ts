import { WebhookEvent, type Webhook } from '@pocketrocket/schema';
import type { WebhookEventName } from '@pocketrocket/schema/database';
import type { ListedWebhook } from '../../webhooks/webhookRepository.ts';

/** GraphQL's name of each event. */
const EVENTS = {
  'model.published': WebhookEvent.MODEL_PUBLISHED,
  'user.deleted': WebhookEvent.USER_DELETED,
} as const satisfies Record<WebhookEventName, WebhookEvent>;

/** A webhook as GraphQL tells it. */
export function toWebhook({ events, createdAtSeconds, last, ...told }: ListedWebhook): Webhook {
  return {
    ...told,
    events: events.map((event) => EVENTS[event]),
    createdAt: new Date(createdAtSeconds * 1000),
    lastAttemptAt: last && new Date(last.attemptedAtSeconds * 1000),
    lastStatus: last?.status ?? null,
    lastProblem: last?.problem ?? null,
  };
}
