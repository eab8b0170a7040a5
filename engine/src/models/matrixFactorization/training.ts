import type { Interactions } from '../../data/interactions.ts';
import { gaussian } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import { FitError, checkOptions } from '../fitting.ts';
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

export function initialMatrixFactorization(
  { numUsers, numItems, userOffsets }: Interactions,
  { dim, initialDeviation = 0.1 }: MatrixFactorizationOptions,
  random: Random,
): Omit<MatrixFactorization, 'globalBias'> {
  const normal = (): number => initialDeviation * gaussian(random);
  const userVectors = new Float32Array(numUsers * dim).map(normal);
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    if (userOffsets[userIndex] === userOffsets[userIndex + 1]) {
      userVectors.fill(0, userIndex * dim, (userIndex + 1) * dim);
    }
  }
  return {
    numUsers,
    numItems,
    dim,
    userVectors,
    itemVectors: new Float32Array(numItems * dim).map(normal),
    userBiases: new Float32Array(numUsers),
    itemBiases: new Float32Array(numItems),
  };
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
