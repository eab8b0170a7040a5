import type { WebhookDeliveryEntity, WebhookEntity } from '@pocketrocket/schema/database';
import { messageOf } from '@pocketrocket/runtime';
import { request, type Dispatcher } from 'undici';
import { SIGNATURE_HEADER, signatureOf } from './signature.ts';

/** Milliseconds that one attempt may take in all. */
const ATTEMPT_MS = 15_000;
/** Characters of a reason that are kept. */
const MAX_PROBLEM = 300;

/** The end of an attempt. */
export interface AttemptOutcome {
  /** HTTP status; null where no answer came. */
  status: number | null;
  /** Why it failed; null where the receiver has taken it. */
  problem: string | null;
}

export interface DeliverOptions {
  dispatcher: Dispatcher;
  /** Aborted when the server stops. */
  signal: AbortSignal;
  /** Unix seconds. */
  nowSeconds: number;
}

/** Posts an event to its webhook, signed. A status of 200 to 299 says that it was taken; redirects are not followed. Never rejects. */
export async function deliver(
  { url, secret }: Pick<WebhookEntity, 'url' | 'secret'>,
  delivery: Pick<WebhookDeliveryEntity, 'deliveryId' | 'event' | 'createdAtSeconds' | 'data'>,
  { dispatcher, signal, nowSeconds }: DeliverOptions,
): Promise<AttemptOutcome> {
  const { deliveryId, event, createdAtSeconds, data } = delivery;
  const createdAt = new Date(createdAtSeconds * 1000).toISOString();
  const body = JSON.stringify({ deliveryId, event, createdAt, data });
  try {
    const answer = await request(url, {
      method: 'POST',
      dispatcher,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'PocketRocket-Webhook',
        'pocketrocket-event': event,
        'pocketrocket-delivery': deliveryId,
        [SIGNATURE_HEADER]: signatureOf(secret, body, nowSeconds),
      },
      body,
    });
    const status = answer.statusCode;
    // Nobody needs it; the agent ends the connection where it is long.
    await answer.body.dump({ limit: 1_024 });
    return { status, problem: status >= 200 && status < 300 ? null : `it answered ${status}` };
  } catch (error) {
    return { status: null, problem: reasonOf(error).slice(0, MAX_PROBLEM) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `it did not answer within ${ATTEMPT_MS / 1000} s`;
  return messageOf(error) || 'it cannot be reached';
}
