import { FitError, checkOptions, finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { Interactions } from '../../data/interactions.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import { padRows, paddedLength, unpadRows } from '../../kernels/rows.ts';
import { startThreads } from '../../kernels/threads.ts';
import { randomInt, restartableRandom, seededRandom, shuffle, streamSeed } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { exp, floor, log, max, min } = Math;

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
  /**
   * Whether all pairs of a window share the negatives drawn for its middle (unless false), or each pair draws its own:
   * of equal quality (docs/kernels.md) and faster, above all on several threads, since a window touches fewer rows.
   */
  readonly sharedNegatives?: boolean;
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
 * Several threads update the vectors without locks (Recht et al. 2011, "Hogwild!").
 * @throws FitError for options out of range, for fewer than three items, when no history has two interactions, or when
 *   the loss is not finite.
 * @throws EngineMemoryError when vectors and histories do not fit in memory.
 */
export function fitItem2Vec(
  interactions: Interactions,
  options: Item2VecOptions,
  context: FitContext,
): Item2Vec {
  const kernel = loadKernel('item2vec');
  return kernel
    ? fitByKernel(kernel, interactions, options, context)
    : fitItem2VecReference(interactions, options, context);
}

/** The same on one thread in plain TypeScript: what the kernel is tested against, and what runs where it was not built. */
export function fitItem2VecReference(
  interactions: Interactions,
  options: Item2VecOptions,
  context: FitContext,
): Item2Vec {
  const { userOffsets, itemIndices } = interactions;
  const model = startingModel(interactions, options, context);
  const random = restartableRandom();
  const trainHistory = historyTrainer(model, options, random.next);
  const total: EpochTotal = { loss: 0, pairs: 0 };
  const schedule = new Schedule(interactions, options, context);
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    const { order, rates, seed } = schedule.nextEpoch();
    total.loss = 0;
    total.pairs = 0;
    for (let place = 0; place < order.length; place++) {
      const userIndex = order[place];
      random.restart(streamSeed(seed, userIndex));
      trainHistory(itemIndices, userOffsets[userIndex], userOffsets[userIndex + 1], rates[place], total);
    }
    endEpoch(context, epoch, options.epochs, total);
  }
  return options.symmetric ? symmetrised(model) : model;
}

function fitByKernel(
  kernel: Kernel,
  interactions: Interactions,
  options: Item2VecOptions,
  context: FitContext,
): Item2Vec {
  const { dim } = options;
  const { numUsers, numItems, userOffsets, itemIndices } = interactions;
  const model = startingModel(interactions, options, context);
  const { threads = 1 } = context;
  const stride = paddedLength(dim);
  // Of each thread: one row, and the addresses of the targets.
  const scratchLength = stride + paddedLength(1 + options.negatives) + CACHE_LINE_FLOATS;
  const reserved = reserveMemory('item2vec', {
    settings: ['Uint32Array', 32],
    order: ['Int32Array', numUsers],
    offsets: ['Int32Array', numUsers + 1],
    items: ['Int32Array', itemIndices.length],
    rates: ['Float32Array', numUsers],
    losses: ['Float64Array', numUsers],
    pairs: ['Float64Array', numUsers],
    inVectors: ['Float32Array', numItems * stride],
    outVectors: ['Float32Array', numItems * stride],
    scratch: ['Float32Array', threads * scratchLength],
  });
  const { arrays } = reserved;
  arrays.offsets.set(userOffsets);
  arrays.items.set(itemIndices);
  padRows(model.inVectors, dim, arrays.inVectors, stride);
  const schedule = new Schedule(interactions, options, context);
  const crew = startThreads(kernel, reserved, threads);
  try {
    for (let epoch = 1; epoch <= options.epochs; epoch++) {
      const { order, rates, seed } = schedule.nextEpoch();
      arrays.order.set(order);
      arrays.rates.set(rates);
      arrays.settings.set([
        0,
        0,
        numUsers,
        // Small enough that threads end together, large enough that they seldom meet at the queue.
        max(1, floor(numUsers / (threads * CHUNKS_PER_THREAD))),
        arrays.order.byteOffset,
        arrays.offsets.byteOffset,
        arrays.items.byteOffset,
        arrays.rates.byteOffset,
        arrays.losses.byteOffset,
        arrays.pairs.byteOffset,
        arrays.inVectors.byteOffset,
        arrays.outVectors.byteOffset,
        stride * Float32Array.BYTES_PER_ELEMENT,
        numItems,
        options.window,
        options.negatives,
        seed,
        arrays.scratch.byteOffset,
        scratchLength * Float32Array.BYTES_PER_ELEMENT,
        options.sharedNegatives === false ? 0 : 1,
      ]);
      crew.run('trainEpoch', arrays.settings.byteOffset);
      endEpoch(context, epoch, options.epochs, { loss: sum(arrays.losses), pairs: sum(arrays.pairs) });
    }
  } finally {
    crew.end();
  }
  unpadRows(arrays.inVectors, stride, model.inVectors, dim);
  unpadRows(arrays.outVectors, stride, model.outVectors, dim);
  return options.symmetric ? symmetrised(model) : model;
}

const CACHE_LINE_FLOATS = 16;
const CHUNKS_PER_THREAD = 64;

/** IN uniform in ±1/(2 dim), OUT zero (word2vec's start). */
function startingModel({ numItems }: Interactions, options: Item2VecOptions, { seed }: FitContext): Item2Vec {
  checkOptions('item2vec', options, ['dim', 'window', 'negatives', 'epochs'], ['learningRate']);
  if (numItems < 3) throw new FitError(`item2vec: needs at least three items, not ${numItems}`);
  const { dim } = options;
  const random = seededRandom(seed);
  const inVectors = new Float32Array(numItems * dim);
  for (let i = 0; i < inVectors.length; i++) inVectors[i] = (random() - 0.5) / dim;
  return { numItems, dim, inVectors, outVectors: new Float32Array(numItems * dim) };
}

/** In which order each epoch visits the users, and how far it steps at each. */
class Schedule {
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

function endEpoch(context: FitContext, epoch: number, epochs: number, { loss, pairs }: EpochTotal): void {
  if (pairs === 0) throw new FitError('item2vec: no history has two interactions to learn from');
  finishEpoch('item2vec', context, { epoch, epochs, loss: loss / pairs });
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
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
 * Nothing is allocated once it is built.
 */
function historyTrainer(
  { numItems, inVectors, outVectors }: Item2Vec,
  options: Item2VecOptions,
  random: Random,
) {
  const { dim, window, negatives, sharedNegatives = true } = options;
  /** First elements of the targets' rows of OUT, the positive first. */
  const targetRows = new Int32Array(1 + negatives);
  const input = new Float64Array(dim);
  const inputGradient = new Float64Array(dim);
  const step: Step = { dim, input, inputGradient, outVectors };

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
      if (sharedNegatives) drawTargets(itemIndices[position]);
      for (let neighbour = max(start, position - reach); neighbour <= last; neighbour++) {
        if (neighbour === position) continue;
        if (!sharedNegatives) drawTargets(itemIndices[position]);
        total.loss -= log(trainTargets(itemIndices[neighbour] * dim, rate));
        total.pairs++;
      }
    }
  };

  /** Draws negatives two a turn, different from each other and from the positive. */
  function drawTargets(positive: number): void {
    targetRows[0] = positive * dim;
    targetRows[1] = negativeOtherThan(positive, positive) * dim;
    let drawn = 2;
    for (; drawn < negatives; drawn += 2) {
      const negative = negativeOtherThan(positive, positive);
      targetRows[drawn] = negative * dim;
      targetRows[drawn + 1] = negativeOtherThan(positive, negative) * dim;
    }
    if (drawn === negatives) targetRows[drawn] = negativeOtherThan(positive, positive) * dim;
  }

  /** Raises IN·OUT for the first target, lowers it for the others; returns their joint likelihood before. */
  function trainTargets(inRow: number, rate: number): number {
    for (let d = 0; d < dim; d++) {
      input[d] = inVectors[inRow + d];
      inputGradient[d] = 0;
    }
    let likelihood = trainTwo(step, targetRows[0], 1, targetRows[1], rate);
    let next = 2;
    for (; next < negatives; next += 2) {
      likelihood *= trainTwo(step, targetRows[next], -1, targetRows[next + 1], rate);
    }
    if (next === negatives) likelihood *= trainNegative(step, targetRows[next], rate);
    for (let d = 0; d < dim; d++) inVectors[inRow + d] = input[d] + inputGradient[d];
    return likelihood;
  }

  function negativeOtherThan(positive: number, other: number): number {
    let drawn = randomInt(random, numItems);
    while (drawn === positive || drawn === other) drawn = randomInt(random, numItems);
    return drawn;
  }
}

/** What one pair works on. Passed along, not closed over: V8 compiles closures well for the first fit of a process only. */
interface Step {
  readonly dim: number;
  /** [dim] the input's row before the pair. */
  readonly input: Float64Array;
  /** [dim] what the pair adds to it. */
  readonly inputGradient: Float64Array;
  readonly outVectors: Float32Array;
}

/**
 * One gradient step on log σ(sign · input·OUT[first]) + log σ(−input·OUT[second]); returns the product of both
 * likelihoods. Two rows a turn halve the traffic on `input` and its gradient; the rows must differ.
 */
function trainTwo(
  { dim, input, inputGradient, outVectors }: Step,
  firstRow: number,
  sign: number,
  secondRow: number,
  rate: number,
): number {
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
function trainNegative(
  { dim, input, inputGradient, outVectors }: Step,
  outRow: number,
  rate: number,
): number {
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
