import type { Interactions } from '../../data/interactions.ts';
import { restartableRandom } from '../../random/random.ts';
import { FitError } from '../fitting.ts';
import type { SequenceModel } from './index.ts';
import { checkSequenceOptions } from './options.ts';
import type { SequenceOptions } from './options.ts';
import { initialParameters, networkLength, networkOf, parametersOf } from './parameters.ts';
import type { SequenceShape } from './parameters.ts';

/** The numbers of a model in two pieces. */
export interface SequenceNumbers {
  /** [numItems × d] */
  readonly itemEmbeddings: Float32Array;
  /** All other parameters, one behind the other: `parametersOf`. */
  readonly network: Float32Array;
}

/**
 * A fit between two epochs: all that the next epoch follows from, besides data and options. Can be stored (arrays and two
 * numbers); epochs change it in place.
 */
export interface SequenceState {
  /** Epochs done. */
  epoch: number;
  /** Optimiser steps done. */
  steps: number;
  readonly weights: SequenceNumbers;
  /** Adam's moments. */
  readonly first: SequenceNumbers;
  readonly second: SequenceNumbers;
  /** The moving average of the weights. */
  readonly average: SequenceNumbers;
  readonly random: {
    /** [users] those with two interactions and more, in the order of the last epoch. */
    readonly order: Int32Array;
    /** [1] the seed with which the random numbers go on. */
    readonly seed: Int32Array;
  };
}

export function shapeOf(
  { numItems }: Pick<Interactions, 'numItems'>,
  options: SequenceOptions,
): SequenceShape {
  const { dim, length, blocks, heads, hiddenDim, gaps, ratings, distances = false } = options;
  return {
    numItems,
    dim,
    length,
    blocks,
    heads,
    hiddenDim,
    hasGaps: gaps,
    hasRatings: ratings,
    hasDistances: distances,
  };
}

/**
 * The state before the first epoch.
 * @throws FitError for options out of range and when no history has two interactions
 */
export function startSequence(
  interactions: Interactions,
  options: SequenceOptions,
  seed: number,
): SequenceState {
  checkSequenceOptions(options);
  const order = trainedUsers(interactions);
  if (order.length === 0) throw new FitError('sequence: no history has two interactions to learn from');
  const shape = shapeOf(interactions, options);
  const random = restartableRandom(seed);
  const parameters = initialParameters(shape, random.next);
  const weights = { itemEmbeddings: parameters.itemEmbeddings, network: networkOf(shape, parameters) };
  const zeros = (): SequenceNumbers => ({
    itemEmbeddings: new Float32Array(weights.itemEmbeddings.length),
    network: new Float32Array(weights.network.length),
  });
  return {
    epoch: 0,
    steps: 0,
    weights,
    first: zeros(),
    second: zeros(),
    average: structuredClone(weights),
    random: { order, seed: Int32Array.of(random.seed()) },
  };
}

/**
 * Refuses a state that these data and options cannot have led to.
 * @throws FitError for options out of range, and for a state of other sizes or users
 */
export function checkSequenceState(
  interactions: Interactions,
  options: SequenceOptions,
  { weights, first, second, average, random }: SequenceState,
): void {
  checkSequenceOptions(options);
  const numEmbedded = interactions.numItems * options.dim;
  const numNetwork = networkLength(shapeOf(interactions, options));
  const isOfSize = [weights, first, second, average].every(
    ({ itemEmbeddings, network }) => itemEmbeddings.length === numEmbedded && network.length === numNetwork,
  );
  const users = trainedUsers(interactions);
  const order = random.order.slice().sort();
  if (isOfSize && order.length === users.length && order.every((user, place) => user === users[place]))
    return;
  throw new FitError('sequence: the state is of other data or options');
}

/** Rows of the users with two interactions and more, ascending. */
function trainedUsers({ numUsers, userOffsets }: Interactions): Int32Array {
  return Int32Array.from({ length: numUsers }, (_, user) => user).filter(
    (user) => userOffsets[user + 1] - userOffsets[user] >= 2,
  );
}

/** The model of a state, by its averaged weights where the options ask for them; a copy, unlike the state left as it is. */
export function sequenceOf(
  { weights, average }: Pick<SequenceState, 'weights' | 'average'>,
  options: SequenceOptions,
): SequenceModel {
  const { itemEmbeddings, network } = options.averaging > 0 ? average : weights;
  const shape = shapeOf({ numItems: itemEmbeddings.length / options.dim }, options);
  return { ...shape, parameters: parametersOf(shape, itemEmbeddings.slice(), network.slice()) };
}
