import type { Interactions } from '../../data/interactions.ts';
import { randomInt, restartableRandom, streamSeed } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import type { FitContext } from '../fitting.ts';
import type { Item2Vec, Item2VecOptions } from './index.ts';
import { Schedule, endEpoch, item2vecOf, startItem2Vec } from './training.ts';
import type { EpochTotal, Item2VecState } from './training.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { exp, log, max, min } = Math;

/** The same on one thread in plain TypeScript: what the kernel is tested against, and what runs where it was not built. */
export function fitItem2VecReference(
  interactions: Interactions,
  options: Item2VecOptions,
  context: FitContext,
): Item2Vec {
  const state = startItem2Vec(interactions, options, context.seed);
  trainReference(interactions, options, context, state, options.epochs);
  return item2vecOf(state, options);
}

/** {@link trainItem2Vec} in plain TypeScript. */
export function trainReference(
  interactions: Interactions,
  options: Item2VecOptions,
  context: FitContext,
  state: Item2VecState,
  upTo: number,
): void {
  const { userOffsets, itemIndices } = interactions;
  const model = item2vecOf(state, { ...options, symmetric: false });
  const random = restartableRandom();
  const trainHistory = historyTrainer(model, options, random.next);
  const total: EpochTotal = { loss: 0, pairs: 0 };
  const schedule = new Schedule(interactions, options, context, state);
  while (state.epoch < upTo) {
    const { order, rates, seed } = schedule.nextEpoch();
    total.loss = 0;
    total.pairs = 0;
    for (let place = 0; place < order.length; place++) {
      const userIndex = order[place];
      random.restart(streamSeed(seed, userIndex));
      trainHistory(itemIndices, userOffsets[userIndex], userOffsets[userIndex + 1], rates[place], total);
    }
    endEpoch(context, state, options, total);
  }
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

/** The state of one pair's step. Passed along, not closed over: V8 compiles closures well for a process' first fit only. */
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
