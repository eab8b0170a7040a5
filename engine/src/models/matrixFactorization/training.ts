import type { Interactions } from '../../data/interactions.ts';
import { DRAWS_OF_GAUSSIAN, gaussian, restartableRandom } from '../../random/random.ts';
import { FitError, checkOptions } from '../fitting.ts';
import { allUsersOf, seedOfRange } from '../rounds.ts';
import type { FitState } from '../rounds.ts';
import type { MatrixFactorization, MatrixFactorizationOptions } from './index.ts';

/** Observed interactions that share one stream of negatives. */
export const CHUNK_SIZE = 1024;

export function checkMatrixFactorization(
  { itemIndices }: Interactions,
  options: MatrixFactorizationOptions,
): void {
  checkOptions('matrixFactorization', options, ['dim', 'epochs', 'negatives'], ['learningRate']);
  const { regularization, initialDeviation = 0, finalLearningRate = 0 } = options;
  for (const [name, value] of Object.entries({ regularization, initialDeviation, finalLearningRate })) {
    if (!Number.isFinite(value) || value < 0) {
      throw new FitError(`matrixFactorization: ${name} must be a number of at least 0, not ${value}`);
    }
  }
  if (itemIndices.length === 0) {
    throw new FitError('matrixFactorization: there are no interactions to learn from');
  }
}

export interface MatrixFactorizationState extends FitState {
  readonly items: { readonly itemVectors: Float32Array; readonly itemBiases: Float32Array };
  /** globalBias: [1] */
  readonly network: { readonly globalBias: Float64Array };
  readonly users: { readonly userVectors: Float32Array; readonly userBiases: Float32Array };
}

/**
 * The state before the first epoch; `order` is that of the rows.
 * @param users the partition that the interactions are of
 * @throws FitError for options out of range, without interactions
 */
export function startMatrixFactorization(
  interactions: Interactions,
  options: MatrixFactorizationOptions,
  seed: number,
  users = allUsersOf(interactions),
): MatrixFactorizationState {
  checkMatrixFactorization(interactions, options);
  const { numUsers, numItems, userOffsets, itemIndices } = interactions;
  const { dim, initialDeviation = 0.1 } = options;
  const random = restartableRandom(seed);
  const normal = (): number => initialDeviation * gaussian(random.next);
  random.skip(DRAWS_OF_GAUSSIAN * dim * users.first);
  const userVectors = new Float32Array(numUsers * dim).map(normal);
  random.skip(DRAWS_OF_GAUSSIAN * dim * (users.all - users.first - numUsers));
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    if (userOffsets[userIndex] === userOffsets[userIndex + 1]) {
      userVectors.fill(0, userIndex * dim, (userIndex + 1) * dim);
    }
  }
  const itemVectors = new Float32Array(numItems * dim).map(normal);
  return {
    epoch: 0,
    items: { itemVectors, itemBiases: new Float32Array(numItems) },
    network: { globalBias: new Float64Array(1) },
    users: { userVectors, userBiases: new Float32Array(numUsers) },
    random: {
      order: Int32Array.from(itemIndices.keys()),
      seed: Int32Array.of(seedOfRange(random.seed(), users)),
    },
  };
}

/** The model of a state, whose memory it shares. */
export function matrixFactorizationOf(
  { items, network, users }: MatrixFactorizationState,
  { dim }: MatrixFactorizationOptions,
): MatrixFactorization {
  const [numUsers, numItems] = [users.userBiases.length, items.itemBiases.length];
  return { numUsers, numItems, dim, ...users, ...items, globalBias: network.globalBias[0] };
}

export interface StepSizes {
  readonly learningRate: number;
  /** The share of a value that regularisation leaves at one sample. */
  readonly keep: number;
  /** The same at an observed interaction with all its negatives, to first order. */
  readonly keepPerGroup: number;
}

export function stepSizes(options: MatrixFactorizationOptions, epoch: number): StepSizes {
  const { epochs, negatives, regularization, learningRate: first, finalLearningRate: last = first } = options;
  const learningRate = epochs === 1 ? first : first + ((last - first) * (epoch - 1)) / (epochs - 1);
  const decay = learningRate * regularization;
  return { learningRate, keep: 1 - decay, keepPerGroup: 1 - decay * (1 + negatives) };
}
