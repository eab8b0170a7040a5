import type { Interactions } from '../../data/interactions.ts';
import { seededRandom, shuffle, streamSeed } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import { FitError, checkOptions, finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { Item2Vec, Item2VecOptions } from './index.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { max } = Math;

const MIN_RATE_SHARE = 1e-4;

/** IN uniform in ±1/(2 dim), OUT zero (word2vec's start). */
export function startingModel(
  { numItems }: Interactions,
  options: Item2VecOptions,
  { seed }: FitContext,
): Item2Vec {
  checkOptions('item2vec', options, ['dim', 'window', 'negatives', 'epochs'], ['learningRate']);
  if (numItems < 3) throw new FitError(`item2vec: needs at least three items, not ${numItems}`);
  const { dim } = options;
  const random = seededRandom(seed);
  const inVectors = new Float32Array(numItems * dim);
  for (let i = 0; i < inVectors.length; i++) inVectors[i] = (random() - 0.5) / dim;
  return { numItems, dim, inVectors, outVectors: new Float32Array(numItems * dim) };
}

/** In which order each epoch visits the users, and how far it steps at each. */
export class Schedule {
  readonly #userOffsets: Int32Array;
  readonly #learningRate: number;
  readonly #numTokens: number;
  readonly #random: Random;
  readonly #seed: number;
  /** [numUsers] userIndex by place. */
  readonly #order: Int32Array;
  /** [numUsers] step size by place. */
  readonly #rates: Float32Array;
  #tokensDone = 0;
  #epoch = 0;

  constructor(
    { numUsers, userOffsets, itemIndices }: Interactions,
    options: Item2VecOptions,
    { seed }: FitContext,
  ) {
    this.#userOffsets = userOffsets;
    this.#learningRate = options.learningRate;
    this.#numTokens = itemIndices.length * options.epochs;
    this.#seed = seed;
    this.#random = seededRandom(streamSeed(seed, 0));
    this.#order = Int32Array.from({ length: numUsers }, (_, userIndex) => userIndex);
    this.#rates = new Float32Array(numUsers);
  }

  /** Shuffles the users; the arrays are the schedule's own. Each user's draws come from `streamSeed(seed, userIndex)`. */
  nextEpoch(): { order: Int32Array; rates: Float32Array; seed: number } {
    shuffle(this.#order, this.#random);
    for (let place = 0; place < this.#order.length; place++) {
      const userIndex = this.#order[place];
      const rateShare = max(MIN_RATE_SHARE, 1 - this.#tokensDone / this.#numTokens);
      this.#rates[place] = this.#learningRate * rateShare;
      this.#tokensDone += this.#userOffsets[userIndex + 1] - this.#userOffsets[userIndex];
    }
    return { order: this.#order, rates: this.#rates, seed: streamSeed(this.#seed, ++this.#epoch) };
  }
}

export function endEpoch(
  context: FitContext,
  epoch: number,
  epochs: number,
  { loss, pairs }: EpochTotal,
): void {
  if (pairs === 0) throw new FitError('item2vec: no history has two interactions to learn from');
  finishEpoch('item2vec', context, { epoch, epochs, loss: loss / pairs });
}

export interface EpochTotal {
  /** Sum of the negative log-likelihood over all pairs, in nats. */
  loss: number;
  pairs: number;
}

/**
 * Vectors of 2·dim whose IN·OUT is the mean of both directions, ½ (IN_i·OUT_j + IN_j·OUT_i).
 *
 * IN becomes [IN | OUT] / √2 and OUT becomes [OUT | IN] / √2. Windows reach both ways, so that both directions estimate
 * the same association from separate vectors: their mean has less noise, and scores better, than either.
 */
export function symmetrised({ numItems, dim, inVectors, outVectors }: Item2Vec): Item2Vec {
  const width = 2 * dim;
  const sideBySide = (left: Float32Array, right: Float32Array): Float32Array => {
    const rows = new Float32Array(numItems * width);
    for (let item = 0; item < numItems; item++) {
      for (let d = 0; d < dim; d++) {
        rows[item * width + d] = left[item * dim + d] * Math.SQRT1_2;
        rows[item * width + dim + d] = right[item * dim + d] * Math.SQRT1_2;
      }
    }
    return rows;
  };
  return {
    numItems,
    dim: width,
    inVectors: sideBySide(inVectors, outVectors),
    outVectors: sideBySide(outVectors, inVectors),
  };
}
