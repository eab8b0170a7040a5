import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { randomInt, restartableRandom, seededRandom, shuffle } from '../../random/random.ts';
import { BETA1, BETA2 } from './adam.ts';
import type { SequenceOptions } from './options.ts';
import type { SequenceState } from './state.ts';

const { ceil, log, max, min, round, sqrt } = Math;

/** Steps over which the step size rises. */
const WARM_UP = 100;

/** The random choices of one epoch, made beforehand: every trainer that follows them takes the same steps. */
export interface EpochPlan {
  /** [windows] the first row of each, in the order of training; a batch is the next `batchSize` of them. */
  readonly starts: Int32Array;
  /** [windows] tokens of each; its targets are the rows one further. */
  readonly lengths: Int32Array;
  /** [batches] what seeds each batch's dropout. */
  readonly seeds: Int32Array;
  /** [batches × negatives] */
  readonly negatives: Int32Array;
  /** [batches × negatives] what is added to the logit of each. */
  readonly corrections: Float32Array;
  /** [batches] Adam's step sizes, with the correction of the moments' bias. */
  readonly rates: Float64Array;
  /** [batches] the share by which the average moves to the weights. */
  readonly averagings: Float64Array;
}

/** Windows that an epoch trains. */
export function countWindows(
  { userOffsets }: Interactions,
  { length, crops }: SequenceOptions,
  order: Int32Array,
): number {
  let windows = 0;
  for (const user of order) windows += windowsOf(userOffsets[user + 1] - userOffsets[user], length, crops);
  return windows;
}

/** A window reads at most `length` of a history's entries and has one more as its last target. */
function windowsOf(numEntries: number, length: number, crops: boolean): number {
  return crops ? max(1, ceil((numEntries - 1) / length)) : 1;
}

/** Draws items, each with a probability of its own; see {@link negativeSampler}. */
export interface NegativeSampler {
  draw(items: Int32Array, random: () => number): void;
  /** ln of the probability of each item, times the drawn number: the expected count. */
  logExpected(item: number, numDrawn: number): number;
}

/** Draws items in proportion to (interactions + 1)^power, with replacement, by the cumulative sum. */
export function negativeSampler(interactions: Interactions, power: number): NegativeSampler {
  const { numItems } = interactions;
  if (power === 0) {
    return {
      draw: (items, random) => {
        for (let k = 0; k < items.length; k++) items[k] = randomInt(random, numItems);
      },
      logExpected: (_, numDrawn) => log(numDrawn / numItems),
    };
  }
  const weights = Float64Array.from(countItems(interactions), (count) => (count + 1) ** power);
  const sums = new Float64Array(numItems);
  let sum = 0;
  for (let item = 0; item < numItems; item++) sums[item] = sum += weights[item];
  const find = (value: number): number => {
    let low = 0;
    let high = numItems - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > value) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    draw: (items, random) => {
      for (let k = 0; k < items.length; k++) items[k] = find(random() * sum);
    },
    logExpected: (item, numDrawn) => log((numDrawn * weights[item]) / sum),
  };
}

/** Plans the epoch after those that are done, and shuffles the state's order for it; its steps are not yet counted. */
export function planEpoch(
  interactions: Interactions,
  options: SequenceOptions,
  state: SequenceState,
  sampler: NegativeSampler,
): EpochPlan {
  const { userOffsets } = interactions;
  const { length, crops, batchSize, learningRate, averaging, loss } = options;
  const { order, seed } = state.random;
  const random = restartableRandom(seed[0]);
  shuffle(order, random.next);
  const numWindows = countWindows(interactions, options, order);
  const numBatches = ceil(numWindows / batchSize);
  const drawn = Array.from(order).flatMap((user) => {
    const first = userOffsets[user];
    const numEntries = userOffsets[user + 1] - first;
    const tokens = min(length, numEntries - 1);
    const count = windowsOf(numEntries, length, crops);
    const latest = userOffsets[user + 1] - 1 - tokens;
    if (count === 1) {
      return [{ start: crops ? first + randomInt(random.next, latest - first + 1) : latest, tokens }];
    }
    // One of each part of the history, so that all of it is seen about equally often.
    const span = (latest - first) / (count - 1);
    return Array.from({ length: count }, (_, part) => {
      const middle = first + span * part + (random.next() - 0.5) * length;
      return { start: max(first, min(latest, round(middle))), tokens };
    });
  });
  const places = Int32Array.from(drawn.keys());
  shuffle(places, random.next);
  const plan: EpochPlan = {
    starts: Int32Array.from(places, (place) => drawn[place].start),
    lengths: Int32Array.from(places, (place) => drawn[place].tokens),
    seeds: new Int32Array(numBatches),
    negatives: new Int32Array(numBatches * options.negatives),
    corrections: new Float32Array(numBatches * options.negatives),
    rates: new Float64Array(numBatches),
    averagings: new Float64Array(numBatches),
  };
  for (let batch = 0; batch < numBatches; batch++) {
    plan.seeds[batch] = randomInt(random.next, 2 ** 32);
    const step = state.steps + batch + 1;
    const correction = sqrt(1 - BETA2 ** step) / (1 - BETA1 ** step);
    plan.rates[batch] = learningRate * min(1, step / WARM_UP) * correction;
    // At first the average follows the weights, so that it forgets where they began.
    plan.averagings[batch] = averaging > 0 ? 1 - min(averaging, step / (10 + step)) : 1;
    const from = batch * options.negatives;
    const items = plan.negatives.subarray(from, from + options.negatives);
    sampler.draw(items, seededRandom(randomInt(random.next, 2 ** 32)));
    if (loss !== 'logQ') continue;
    items.forEach((item, k) => {
      plan.corrections[from + k] = -sampler.logExpected(item, options.negatives);
    });
  }
  seed[0] = random.seed();
  return plan;
}

/** gBCE's β (Petrov & Macdonald 2023, eq. 12); 1 of other losses. */
export function positivePower(
  { numItems }: Interactions,
  { loss, negatives, calibration = 0.75 }: SequenceOptions,
): number {
  if (loss !== 'gBCE') return 1;
  const share = min(1, negatives / max(1, numItems - 1));
  return share * (calibration * (1 - 1 / share) + 1 / share);
}
