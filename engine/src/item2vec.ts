import { FitError, checkOptions, finishEpoch } from './fitting.ts';
import type { FitContext } from './fitting.ts';
import type { Interactions } from './interactions.ts';
import { randomInt, seededRandom, shuffle } from './random.ts';
import type { Random } from './random.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { exp, log, max, min } = Math;

export interface Item2VecOptions {
  /** Length of the vectors trained. */
  readonly dim: number;
  /** Neighbours on either side of a position, at most; each position draws its own reach from 1 … window. */
  readonly window: number;
  /** Negative items per observed pair, drawn uniformly from the catalogue. */
  readonly negatives: number;
  readonly epochs: number;
  /** Step size at the start; falls linearly to nearly 0. */
  readonly learningRate: number;
  /** Whether to return vectors that score both ways alike, twice as long; see {@link symmetrised}. */
  readonly symmetric?: boolean;
}

/** Two vectors per item: IN speaks for an item as history, OUT for the same item as what comes next; score IN·OUT. */
export interface Item2Vec {
  readonly numItems: number;
  readonly dim: number;
  /** [numItems × dim] row-major. */
  readonly inVectors: Float32Array;
  /** [numItems × dim] row-major. */
  readonly outVectors: Float32Array;
}

const MIN_RATE_SHARE = 1e-4;

/**
 * Learns item vectors from which items stand near one another in the users' time-ordered histories.
 *
 * Source: skip-gram with negative sampling (Mikolov et al. 2013, eq. 4) on item sequences (Barkan & Koenigstein,
 * "Item2Vec", 2016); negatives with exponent 0, that is uniform, and without subsampling of frequent items.
 * @throws FitError for options out of range, for fewer than three items, when no history has two interactions, or when
 *   the loss is not finite.
 */
export function fitItem2Vec(
  interactions: Interactions,
  options: Item2VecOptions,
  context: FitContext,
): Item2Vec {
  checkOptions('item2vec', options, ['dim', 'window', 'negatives', 'epochs'], ['learningRate']);
  const { numUsers, numItems, userOffsets, itemIndices } = interactions;
  const { dim, epochs, learningRate } = options;
  if (numItems < 3) throw new FitError(`item2vec: needs at least three items, not ${numItems}`);
  const random = seededRandom(context.seed);
  const inVectors = new Float32Array(numItems * dim);
  for (let i = 0; i < inVectors.length; i++) inVectors[i] = (random() - 0.5) / dim;
  const model: Item2Vec = { numItems, dim, inVectors, outVectors: new Float32Array(numItems * dim) };
  const trainHistory = historyTrainer(model, options, random);

  const userOrder = Int32Array.from({ length: numUsers }, (_, userIndex) => userIndex);
  const numTokens = itemIndices.length * epochs;
  const total: EpochTotal = { loss: 0, pairs: 0 };
  let tokensDone = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(userOrder, random);
    total.loss = 0;
    total.pairs = 0;
    for (const userIndex of userOrder) {
      const start = userOffsets[userIndex];
      const end = userOffsets[userIndex + 1];
      const rate = learningRate * max(MIN_RATE_SHARE, 1 - tokensDone / numTokens);
      trainHistory(itemIndices, start, end, rate, total);
      tokensDone += end - start;
    }
    if (total.pairs === 0) throw new FitError('item2vec: no history has two interactions to learn from');
    finishEpoch('item2vec', context, { epoch, epochs, loss: total.loss / total.pairs });
  }
  return options.symmetric ? symmetrised(model) : model;
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

interface EpochTotal {
  /** Sum of the negative log-likelihood over all pairs, in nats. */
  loss: number;
  pairs: number;
}

/**
 * The training loops over one history itemIndices[start … end − 1], in place in the model.
 *
 * A closure, so that arrays and sizes are constants to the compiler; nothing is allocated once it is built. V8 treats
 * them so for the first fit of a process only: later ones run at about half the speed.
 */
function historyTrainer(
  { numItems, inVectors, outVectors }: Item2Vec,
  options: Item2VecOptions,
  random: Random,
) {
  const { dim, window, negatives } = options;
  const input = new Float64Array(dim);
  const inputGradient = new Float64Array(dim);

  return function trainHistory(
    itemIndices: Int32Array,
    start: number,
    end: number,
    rate: number,
    total: EpochTotal,
  ): void {
    for (let position = start; position < end; position++) {
      const reach = 1 + randomInt(random, window);
      const last = min(end - 1, position + reach);
      for (let neighbour = max(start, position - reach); neighbour <= last; neighbour++) {
        if (neighbour === position) continue;
        total.loss -= log(trainPair(itemIndices[neighbour], itemIndices[position], rate));
        total.pairs++;
      }
    }
  };

  /** Raises IN[inputItem]·OUT[positive], lowers it for sampled negatives; returns their joint likelihood before. */
  function trainPair(inputItem: number, positive: number, rate: number): number {
    const inRow = inputItem * dim;
    for (let d = 0; d < dim; d++) {
      input[d] = inVectors[inRow + d];
      inputGradient[d] = 0;
    }
    let likelihood = trainTwo(positive * dim, 1, negativeOtherThan(positive, positive) * dim, rate);
    let drawn = 1;
    for (; drawn + 1 < negatives; drawn += 2) {
      const negative = negativeOtherThan(positive, positive);
      likelihood *= trainTwo(negative * dim, -1, negativeOtherThan(positive, negative) * dim, rate);
    }
    if (drawn < negatives) likelihood *= trainNegative(negativeOtherThan(positive, positive) * dim, rate);
    for (let d = 0; d < dim; d++) inVectors[inRow + d] = input[d] + inputGradient[d];
    return likelihood;
  }

  function negativeOtherThan(positive: number, other: number): number {
    let drawn = randomInt(random, numItems);
    while (drawn === positive || drawn === other) drawn = randomInt(random, numItems);
    return drawn;
  }

  /**
   * One gradient step on log σ(sign · input·OUT[first]) + log σ(−input·OUT[second]); returns the product of both
   * likelihoods. Two rows a turn halve the traffic on `input` and its gradient; the rows must differ.
   */
  function trainTwo(firstRow: number, sign: number, secondRow: number, rate: number): number {
    let first = 0;
    let second = 0;
    for (let d = 0; d < dim; d++) {
      first += input[d] * outVectors[firstRow + d];
      second += input[d] * outVectors[secondRow + d];
    }
    const firstLikelihood = 1 / (1 + exp(-sign * first));
    const secondLikelihood = 1 / (1 + exp(second));
    const firstStep = sign * (1 - firstLikelihood) * rate;
    const secondStep = -(1 - secondLikelihood) * rate;
    for (let d = 0; d < dim; d++) {
      const value = input[d];
      const firstOut = outVectors[firstRow + d];
      const secondOut = outVectors[secondRow + d];
      inputGradient[d] += firstStep * firstOut + secondStep * secondOut;
      outVectors[firstRow + d] = firstOut + firstStep * value;
      outVectors[secondRow + d] = secondOut + secondStep * value;
    }
    return firstLikelihood * secondLikelihood;
  }

  /** The same for the last of an even number of negatives. */
  function trainNegative(outRow: number, rate: number): number {
    let dot = 0;
    for (let d = 0; d < dim; d++) dot += input[d] * outVectors[outRow + d];
    const likelihood = 1 / (1 + exp(dot));
    const step = -(1 - likelihood) * rate;
    for (let d = 0; d < dim; d++) {
      const out = outVectors[outRow + d];
      inputGradient[d] += step * out;
      outVectors[outRow + d] = out + step * input[d];
    }
    return likelihood;
  }
}
