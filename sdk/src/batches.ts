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
 * Sends items in batches, one after the other; smaller ones where the API says that one would cost too much.
 * @returns what came of all of them; null without any
 * @throws BatchError with what was sent before and the batch that was not
 */
export async function sendInBatches<Item, Payload>(
  items: Items<Item>,
  options: BatchOptions<Item, Payload>,
): Promise<Payload | null> {
  let sent: Payload | null = null;
  let most = options.size;
  for await (const batch of batchesOf(items, options.size)) {
    let unsent: readonly Item[] = batch;
    while (unsent.length > 0) {
      const part = unsent.slice(0, most);
      try {
        const payload = await options.send(part);
        sent = sent === null ? payload : options.merge(sent, payload);
        unsent = unsent.slice(part.length);
      } catch (error) {
        if (!(error instanceof PocketRocketError)) throw error;
        const share = affordableShare(error);
        if (share === null || part.length === 1) throw new BatchError(error, { sent, unsent });
        most = Math.max(1, Math.min(part.length - 1, Math.floor(part.length * share)));
      }
    }
  }
  return sent;
}

/** Of what a request may cost, for its items: the rest is what a request costs without any. */
const SHARE_OF_ITEMS = 0.9;

/** The share of what was refused for its price alone that would be let in; null for any other failure. */
function affordableShare({ errors, cost }: PocketRocketError): number | null {
  const maxCost = errors[0]?.extensions?.maxCost;
  return maxCost === undefined || !cost?.requested ? null : (SHARE_OF_ITEMS * maxCost) / cost.requested;
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
