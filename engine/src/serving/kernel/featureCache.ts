import type { FoldedUser } from '../foldIn.ts';
import type { RetrievalFeature } from '../servedModel.ts';

/** Of so many whom there is no room for, one is given some. */
const ADMITTED_OF = 16;

/** A feature of every item for a user, with its moments. */
export interface KeptFeature {
  /** [numItems] */
  readonly scores: Float32Array;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Features of users who come again with the profile they came with before: it and the model are all that these depend on. Users seen once take no room. Where there is none left, only every sixteenth who comes again
 * gets some, of those who came least lately: so many users in turn that none would be there still do not cost a copy each.
 */
export class KeptFeatures {
  readonly #seen = new WeakSet<FoldedUser>();
  /** The least lately used first. */
  readonly #kept = new Map<FoldedUser, Map<RetrievalFeature, KeptFeature>>();
  readonly #maxBytes: number;
  #bytes = 0;
  #refused = 0;
  #largest = 0;

  /** @param maxBytes of all users' scores together */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** What is kept of a user. */
  of(user: FoldedUser): ReadonlyMap<RetrievalFeature, KeptFeature> | undefined {
    const known = this.#kept.get(user);
    if (!known) return undefined;
    this.#kept.delete(user);
    this.#kept.set(user, known);
    return known;
  }

  /** Whether to keep features of a user; from now on this one came before. */
  admits(user: FoldedUser): boolean {
    if (!this.#seen.has(user)) {
      this.#seen.add(user);
      return false;
    }
    return (
      this.#kept.has(user) ||
      this.#bytes + this.#largest <= this.#maxBytes ||
      ++this.#refused % ADMITTED_OF === 0
    );
  }

  /** Keeps a copy. */
  keep(user: FoldedUser, feature: RetrievalFeature, { scores, mean, deviation }: KeptFeature): void {
    const ofUser = this.#kept.get(user) ?? new Map<RetrievalFeature, KeptFeature>();
    if (ofUser.has(feature)) return;
    ofUser.set(feature, { scores: scores.slice(), mean, deviation });
    this.#kept.set(user, ofUser);
    this.#bytes += scores.byteLength;
    this.#largest = Math.max(this.#largest, ofUser.size * scores.byteLength);
    for (const [oldest, features] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#kept.delete(oldest);
      for (const one of features.values()) this.#bytes -= one.scores.byteLength;
    }
  }
}
