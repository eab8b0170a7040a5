import type { LRUCache } from 'lru-cache';
import { createByteCache } from '../caches/byteCache.ts';
import type { ServedList } from './servedList.ts';

const KEEP_MS = 10 * 60 * 1000;

/** A client may fill this share of the room, so that none pushes out everybody's lists. */
const CLIENTS_SHARE = 1 / 8;

interface Pinned {
  served: ServedList;
  /** The client that pinned it first. */
  client: string;
  /** The user for whom they were made; null for a taste. */
  userId: number | null;
  bytes: number;
}

/** Lists that one client has pinned, the least lately used first. */
interface Holding {
  keys: Set<string>;
  bytes: number;
}

/**
 * The lists that were served lately, by digest of the question asked and of everything that the answer depends on. Where there is
 * no room left, the least recently used goes: of the client that has used up its share, else of all.
 */
export class PinnedLists {
  readonly #lists: LRUCache<string, Pinned>;
  readonly #holdings = new Map<string, Holding>();
  readonly #maxBytesOfClient: number;

  /** @param maxBytes of all lists together */
  constructor(maxBytes: number) {
    this.#maxBytesOfClient = maxBytes * CLIENTS_SHARE;
    this.#lists = createByteCache<Pinned>({
      name: 'pinned lists',
      maxBytes,
      bytesOf: ({ bytes }) => bytes,
      ttlMs: KEEP_MS,
      onRemoved: ({ client, bytes }, key) => this.#release(client, key, bytes),
    });
  }

  get(key: string): ServedList | undefined {
    const pinned = this.#lists.get(key);
    if (!pinned) return undefined;
    const holding = this.#holdings.get(pinned.client);
    holding?.keys.delete(key);
    holding?.keys.add(key);
    return pinned.served;
  }

  /**
   * @param client whoever asks: a signed-in user or an address
   * @param userId whose recommendations these are; null where they are nobody's
   */
  set(key: string, served: ServedList, { client, userId }: Pick<Pinned, 'client' | 'userId'>): void {
    const bytes = served.bytes;
    // A list that is kept already stays its first client's, and is as good.
    if (this.get(key) || bytes > this.#maxBytesOfClient) return;
    const holding = this.#holdings.get(client) ?? { keys: new Set<string>(), bytes: 0 };
    for (const oldest of holding.keys) {
      if (holding.bytes + bytes <= this.#maxBytesOfClient) break;
      this.#lists.delete(oldest);
    }
    holding.keys.add(key);
    holding.bytes += bytes;
    this.#holdings.set(client, holding);
    this.#lists.set(key, { served, client, userId, bytes });
  }

  /** Forgets users' lists. */
  forget(userIds: ReadonlySet<number>): void {
    for (const [key, { userId }] of this.#lists.entries())
      if (userId !== null && userIds.has(userId)) this.#lists.delete(key);
  }

  /** The users whose lists are pinned, each as often as it has lists. */
  userIds(): number[] {
    return [...this.#lists.values()].flatMap(({ userId }) => (userId === null ? [] : [userId]));
  }

  #release(client: string, key: string, bytes: number): void {
    const holding = this.#holdings.get(client);
    if (!holding?.keys.delete(key)) return;
    holding.bytes -= bytes;
    if (holding.keys.size === 0) this.#holdings.delete(client);
  }
}
