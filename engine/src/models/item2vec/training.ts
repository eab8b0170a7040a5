import type { Interactions } from '../../data/interactions.ts';
import { restartableRandom, seededRandom, shuffle, streamSeed } from '../../random/random.ts';
import { FitError, checkOptions, finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import { allUsersOf, seedOfRange } from '../rounds.ts';
import type { FitState } from '../rounds.ts';
import type { Item2Vec, Item2VecOptions } from './index.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { max } = Math;

const MIN_RATE_SHARE = 1e-4;

export interface Item2VecState extends FitState {
  readonly items: { readonly inVectors: Float32Array; readonly outVectors: Float32Array };
}

/**
 * The state before the first epoch, IN uniform in ±1/(2 dim), OUT zero (word2vec's start); `order` is that of the users.
 * @param users the partition that the interactions are of
 * @throws FitError for options out of range and for fewer than three items
 */
export function startItem2Vec(
  interactions: Interactions,
  options: Item2VecOptions,
  seed: number,
  users = allUsersOf(interactions),
): Item2VecState {
  const { numItems, numUsers } = interactions;
  checkOptions('item2vec', options, ['dim', 'window', 'negatives', 'epochs'], ['learningRate']);
  if (numItems < 3) throw new FitError(`item2vec: needs at least three items, not ${numItems}`);
  const { dim } = options;
  const random = seededRandom(seed);
  const inVectors = new Float32Array(numItems * dim);
  for (let i = 0; i < inVectors.length; i++) inVectors[i] = (random() - 0.5) / dim;
  return {
    epoch: 0,
    items: { inVectors, outVectors: new Float32Array(numItems * dim) },
    network: {},
    users: {},
    random: {
      order: Int32Array.from({ length: numUsers }, (_, userIndex) => userIndex),
      seed: Int32Array.of(streamSeed(seedOfRange(seed, users), 0)),
    },
  };
}

/** The model of a state, whose memory it shares unless it is symmetrised. */
export function item2vecOf(
  { items: { inVectors, outVectors } }: Pick<Item2VecState, 'items'>,
  { dim, symmetric = false }: Item2VecOptions,
): Item2Vec {
  const model = { numItems: inVectors.length / dim, dim, inVectors, outVectors };
  return symmetric ? symmetrised(model) : model;
}

/** In which order each epoch visits the users, and how far it steps at each. */
export class Schedule {
  readonly #userOffsets: Int32Array;
  readonly #learningRate: number;
  readonly #numTokens: number;
  readonly #state: Item2VecState;
  readonly #seed: number;
  /** [numUsers] step size by place. */
  readonly #rates: Float32Array;
  #tokensDone: number;

  constructor(
    { numUsers, userOffsets, itemIndices }: Interactions,
    options: Item2VecOptions,
    { seed }: FitContext,
    state: Item2VecState,
  ) {
    this.#userOffsets = userOffsets;
    this.#learningRate = options.learningRate;
    this.#numTokens = itemIndices.length * options.epochs;
    this.#seed = seed;
    this.#state = state;
    this.#rates = new Float32Array(numUsers);
    this.#tokensDone = state.epoch * itemIndices.length;
  }

  /**
   * Begins the epoch after those that are done: shuffles the users, `order[place]`, with their `rates[place]`; the arrays are
   * the schedule's own. Each user's draws come from `streamSeed(seed, userIndex)`.
   */
  nextEpoch(): { order: Int32Array; rates: Float32Array; seed: number } {
    const { order, seed } = this.#state.random;
    const random = restartableRandom(seed[0]);
    shuffle(order, random.next);
    seed[0] = random.seed();
    for (let place = 0; place < order.length; place++) {
      const userIndex = order[place];
      const rateShare = max(MIN_RATE_SHARE, 1 - this.#tokensDone / this.#numTokens);
      this.#rates[place] = this.#learningRate * rateShare;
      this.#tokensDone += this.#userOffsets[userIndex + 1] - this.#userOffsets[userIndex];
    }
    return { order, rates: this.#rates, seed: streamSeed(this.#seed, this.#state.epoch + 1) };
  }
}

export function endEpoch(
  context: FitContext,
  state: Item2VecState,
  { epochs }: Item2VecOptions,
  { loss, pairs }: EpochTotal,
): void {
  if (pairs === 0) throw new FitError('item2vec: no history has two interactions to learn from');
  finishEpoch('item2vec', context, { epoch: state.epoch + 1, epochs, loss: loss / pairs });
  state.epoch++;
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
