import type { ItemMixture } from '../data/itemMixture.ts';

/** New items that a known one is mixed into, those with the largest shares of it. */
const MOST_MIXED_IN = 64;

/** The largest shares that known items have in new ones, at most {@link MOST_MIXED_IN} of each, largest first. */
export interface LargestShares {
  /** [known + 1]: those of item i stand at offsets[i] … offsets[i + 1]. */
  readonly offsets: Int32Array;
  /** The new item's place among the mixtures. */
  readonly mixtures: Int32Array;
  readonly weights: Float32Array;
}

const known = new WeakMap<readonly ItemMixture[], LargestShares>();

/** Finds the largest shares in the mixtures; once for the same ones, since every matrix needs them. */
export function largestShares(mixtures: readonly ItemMixture[], numKnown: number): LargestShares {
  const before = known.get(mixtures);
  if (before?.offsets.length === numKnown + 1) return before;
  const shares = findLargest(allShares(mixtures, numKnown), numKnown);
  known.set(mixtures, shares);
  return shares;
}

function allShares(mixtures: readonly ItemMixture[], numKnown: number): LargestShares {
  const offsets = new Int32Array(numKnown + 1);
  for (const { items } of mixtures) for (const item of items) offsets[item + 1]++;
  for (let item = 0; item < numKnown; item++) offsets[item + 1] += offsets[item];
  const next = offsets.slice();
  const places = new Int32Array(offsets[numKnown]);
  const weights = new Float32Array(places.length);
  mixtures.forEach((mixture, index) => {
    for (let place = 0; place < mixture.items.length; place++) {
      const at = next[mixture.items[place]]++;
      places[at] = index;
      weights[at] = mixture.weights[place];
    }
  });
  return { offsets, mixtures: places, weights };
}

function findLargest({ offsets, mixtures, weights }: LargestShares, numKnown: number): LargestShares {
  const kept = {
    offsets: new Int32Array(numKnown + 1),
    mixtures: new Int32Array(mixtures.length),
    weights: new Float32Array(mixtures.length),
  };
  let size = 0;
  for (let item = 0; item < numKnown; item++) {
    const places = Uint32Array.from(
      { length: offsets[item + 1] - offsets[item] },
      (_, at) => offsets[item] + at,
    );
    // Of equal shares the first mixture's comes first: the sort is stable.
    for (const at of places.sort((a, b) => weights[b] - weights[a]).subarray(0, MOST_MIXED_IN)) {
      kept.mixtures[size] = mixtures[at];
      kept.weights[size++] = weights[at];
    }
    kept.offsets[item + 1] = size;
  }
  return { ...kept, mixtures: kept.mixtures.slice(0, size), weights: kept.weights.slice(0, size) };
}
