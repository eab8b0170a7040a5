import type { FoldedUser } from './foldIn.ts';
import type { RetrievalFeature } from './servedModel.ts';

/** A feature of every item for a user, with its moments. */
export interface KeptFeature {
  /** [numItems] */
  readonly scores: Float32Array;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Features that are long sums over a history, of users who come again with the profile they came with before: it and the model
 * are all that these depend on. What is used least goes first where there are too many; users seen once take no room.
 */
export class KeptFeatures {
  readonly #seen = new WeakSet<FoldedUser>();
  /** The least lately used first. */
  readonly #kept = new Map<FoldedUser, Map<RetrievalFeature, KeptFeature>>();
  readonly #maxBytes: number;
  #bytes = 0;

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

  /** Whether a user whom nothing is kept of came before; from now on this one did. */
  comesAgain(user: FoldedUser): boolean {
    if (this.#seen.has(user)) return true;
    this.#seen.add(user);
    return false;
  }

  /** Keeps a copy. */
  keep(user: FoldedUser, feature: RetrievalFeature, { scores, mean, deviation }: KeptFeature): void {
    const ofUser = this.#kept.get(user) ?? new Map<RetrievalFeature, KeptFeature>();
    if (ofUser.has(feature)) return;
    ofUser.set(feature, { scores: scores.slice(), mean, deviation });
    this.#kept.set(user, ofUser);
    this.#bytes += scores.byteLength;
    for (const [oldest, features] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#kept.delete(oldest);
      for (const one of features.values()) this.#bytes -= one.scores.byteLength;
    }
  }
}
