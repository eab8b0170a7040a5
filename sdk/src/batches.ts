import { BatchError, PocketRocketError } from './errors.ts';

/** Items that are sent in batches: a list, or whatever brings them one by one. */
export type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

export interface BatchOptions<Item, Payload> {
  /** Items of a batch at most. */
  size: number;
  send: (items: readonly Item[]) => Promise<Payload>;
  /** The payload of two batches together. */
  merge: (one: Payload, next: Payload) => Payload;
}

/** Bytes of a batch at most: the API takes bodies of 200 kB. */
const MAX_BYTES = 180_000;

const encoder = new TextEncoder();

/**
 * Sends items in batches, one after the other.
 * @returns what came of all of them; null without any
 * @throws BatchError with what was sent before and the batch that was not
 */
export async function sendInBatches<Item, Payload>(
  items: Items<Item>,
  options: BatchOptions<Item, Payload>,
): Promise<Payload | null> {
  let sent: Payload | null = null;
  for await (const unsent of batchesOf(items, options.size)) {
    try {
      const payload = await options.send(unsent);
      sent = sent === null ? payload : options.merge(sent, payload);
    } catch (error) {
      throw error instanceof PocketRocketError ? new BatchError(error, { sent, unsent }) : error;
    }
  }
  return sent;
}

/** Splits items by number and by size. */
async function* batchesOf<Item>(items: Items<Item>, size: number): AsyncGenerator<Item[], void, undefined> {
  let batch: Item[] = [];
  let bytes = 0;
  for await (const item of items) {
    const more = encoder.encode(JSON.stringify(item)).length + 1;
    if (batch.length > 0 && (batch.length >= size || bytes + more > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += more;
  }
  if (batch.length > 0) yield batch;
}

/** A name that nobody else makes: a UUID of version 4, also where pages lack `crypto.randomUUID`. */
export function newEventId(): string {
  const { crypto } = globalThis;
  // Only pages that came by https: or from this machine have it.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
