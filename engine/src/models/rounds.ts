import type { Interactions } from '../data/interactions.ts';
import { streamSeed } from '../random/random.ts';

const { expm1 } = Math;

/**
 * A fit between two epochs: all that the next epoch follows from, besides data and options. Epochs change it in place.
 *
 * Where users are in several partitions, each of which is trained by itself, what is of items and the network are averaged.
 */
export interface FitState {
  /** Epochs done. */
  epoch: number;
  /** [numItems × …] each. */
  readonly items: Readonly<Record<string, Float32Array>>;
  /** All else that users have in common. */
  readonly network: Readonly<Record<string, Float32Array | Float64Array>>;
  /** [numUsers × …] each. */
  readonly users: Readonly<Record<string, Float32Array>>;
  readonly random: RandomState;
}

export interface RandomState {
  /** The rows or users in the order of the last epoch, which the next one shuffles further. */
  readonly order: Int32Array;
  /** [1] the seed with which the random numbers go on. */
  readonly seed: Int32Array;
}

/** A partition of the users. */
export interface UserRange {
  /** Of all users the first that is in it; the others follow. */
  readonly first: number;
  /** Users of all partitions. */
  readonly all: number;
}

export const allUsersOf = ({ numUsers }: Interactions): UserRange => ({ first: 0, all: numUsers });

/** The seed of what a partition draws for itself; that of the whole fit for the first one. */
export function seedOfRange(seed: number, { first }: UserRange): number {
  return first === 0 ? seed : streamSeed(seed, first);
}

/** Facts of an epoch, by which that which its partitions share is put together. */
export interface Round {
  /** Of all users. */
  readonly numPartitions: number;
  /** The partition's part of all ratings. */
  readonly share: number;
  /** [numItems] how often the epoch trained each item, in all partitions. */
  readonly samples: Float64Array;
  /** The part of an item's way to where it rests that one sample goes, over all directions. */
  readonly pull: number;
}

/**
 * Replaces what partitions share by this one's share of it; the shares of all partitions, added up, are what all go on from.
 *
 * The network's numbers become means, weighted by ratings. An item's change by s times the sum of what the partitions changed:
 * a partition that goes the way to where an item rests but for e^(−k/n) of it, in one of n partitions, stands for a whole
 * epoch that goes it but for e^(−k), so s = (1 − e^(−k)) / (n (1 − e^(−k/n))): the sum for what is seldom trained, the mean
 * for what has arrived.
 * @param before what the epoch began with
 */
export function takeShare(state: FitState, before: Pick<FitState, 'items'>, round: Round): void {
  const { numPartitions, share, samples, pull } = round;
  for (const values of Object.values(state.network))
    values.forEach((value, i) => (values[i] = share * value));
  for (const [name, values] of Object.entries(state.items)) {
    const old = before.items[name];
    const width = values.length / samples.length;
    for (let item = 0; item < samples.length; item++) {
      const scale = scaleOfSum(pull * samples[item], numPartitions);
      const kept = 1 / numPartitions - scale;
      const end = (item + 1) * width;
      for (let i = item * width; i < end; i++) values[i] = scale * values[i] + kept * old[i];
    }
  }
}

function scaleOfSum(pull: number, numPartitions: number): number {
  if (pull === 0 || numPartitions === 1) return 1;
  return expm1(-pull) / (numPartitions * expm1(-pull / numPartitions));
}
