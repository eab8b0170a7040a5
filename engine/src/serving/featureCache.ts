import type { RetrievalFeature } from '../features/registry.ts';
import type { FoldedUser } from './foldIn.ts';

/** One in this many users is admitted when the cache is full. */
const ADMITTED_OF = 16;

/** A feature of every item for a user, with its moments. */
export interface CachedFeature {
  /** [numItems] */
  readonly scores: Float32Array;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * A cache of the features of users who come again, least recently used first out. The key is the object: with the model it
 * is all that the features depend on, and a caller who hands out the same profile again finds them.
 *
 * Users seen once take no room. Where there is none left, only every sixteenth who comes again is admitted, so that many
 * users in turn, none of whom would be found again, do not cost a copy each.
 */
export class FeatureCache {
  readonly #seen = new WeakSet<FoldedUser>();
  /** The least lately used first. */
  readonly #cached = new Map<FoldedUser, Map<RetrievalFeature, CachedFeature>>();
  readonly maxBytes: number;
  #bytes = 0;
  #refused = 0;
  #largest = 0;

  /** @param maxBytes of all users' scores together */
  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A user's cached features; from now on the most lately used. */
  get(user: FoldedUser): ReadonlyMap<RetrievalFeature, CachedFeature> | undefined {
    const known = this.#cached.get(user);
    if (!known) return undefined;
    this.#cached.delete(user);
    this.#cached.set(user, known);
    return known;
  }

  /** Says if a user's features should be cached; from now on this user came before. */
  admits(user: FoldedUser): boolean {
    if (!this.#seen.has(user)) {
      this.#seen.add(user);
      return false;
    }
    return (
      this.#cached.has(user) ||
      this.#bytes + this.#largest <= this.maxBytes ||
      ++this.#refused % ADMITTED_OF === 0
    );
  }

  /** Forgets a user's features. */
  delete(user: FoldedUser): void {
    for (const one of this.#cached.get(user)?.values() ?? []) this.#bytes -= one.scores.byteLength;
    this.#cached.delete(user);
  }

  /** Caches a copy, and evicts the least lately used where there are then too many bytes. */
  set(user: FoldedUser, feature: RetrievalFeature, { scores, mean, deviation }: CachedFeature): void {
    const ofUser = this.#cached.get(user) ?? new Map<RetrievalFeature, CachedFeature>();
    if (ofUser.has(feature)) return;
    ofUser.set(feature, { scores: scores.slice(), mean, deviation });
    this.#cached.set(user, ofUser);
    this.#bytes += scores.byteLength;
    this.#largest = Math.max(this.#largest, ofUser.size * scores.byteLength);
    for (const [oldest, features] of this.#cached) {
      if (this.#bytes <= this.maxBytes) break;
      this.#cached.delete(oldest);
      for (const one of features.values()) this.#bytes -= one.scores.byteLength;
    }
  }
}
