import type { Interactions } from '../../data/interactions.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { FitContext } from '../fitting.ts';
import { trainByKernel } from './kernel.ts';
import { trainReference } from './reference.ts';
import { matrixFactorizationOf, startMatrixFactorization } from './training.ts';
import type { MatrixFactorizationState } from './training.ts';

export interface MatrixFactorizationOptions {
  /** Length of the vectors. */
  readonly dim: number;
  readonly epochs: number;
  /** Step size in the first epoch. */
  readonly learningRate: number;
  /** Step size in the last epoch, reached in equal parts; the same throughout where it is left out. */
  readonly finalLearningRate?: number;
  /** Weight of the squared length of what a sample touches: both vectors and all biases; 0 for none. */
  readonly regularization: number;
  /** Items per observed one, drawn anew each epoch, uniformly over the whole catalogue, known ones included. */
  readonly negatives: number;
  /** Standard deviation of the vectors' first entries, 0.1 where it is left out. */
  readonly initialDeviation?: number;
}

/** The score of user u and item i is userVectors[u] · itemVectors[i] + userBiases[u] + itemBiases[i] + globalBias, a logit. */
export interface MatrixFactorization {
  readonly numUsers: number;
  readonly numItems: number;
  readonly dim: number;
  /** [numUsers × dim] row-major; 0 for a user without interactions, who is thus offered what is popular. */
  readonly userVectors: Float32Array;
  /** [numItems × dim] row-major. */
  readonly itemVectors: Float32Array;
  /** [numUsers] */
  readonly userBiases: Float32Array;
  /** [numItems] */
  readonly itemBiases: Float32Array;
  readonly globalBias: number;
}

/**
 * Learns user and item vectors whose inner product tells observed items from sampled ones, by logistic loss and plain
 * stochastic gradient descent.
 *
 * Source: Rendle et al., "Neural Collaborative Filtering vs. Matrix Factorization Revisited" (RecSys 2020), section 3.
 * Unlike there, an observed interaction and its negatives make one step of the user's vector and of the global bias, all
 * from the values before it, and not one each: the same to first order, and the vector is read once.
 * @throws FitError for options out of range, without interactions, or when the loss is not finite.
 */
export function fitMatrixFactorization(
  interactions: Interactions,
  options: MatrixFactorizationOptions,
  context: FitContext,
): MatrixFactorization {
  const state = startMatrixFactorization(interactions, options, context.seed);
  trainMatrixFactorization(interactions, options, context, state, options.epochs);
  return matrixFactorizationOf(state, options);
}

/**
 * Trains a state in place until so many epochs are done.
 * @throws FitError when the loss is not finite.
 */
export function trainMatrixFactorization(
  interactions: Interactions,
  options: MatrixFactorizationOptions,
  context: FitContext,
  state: MatrixFactorizationState,
  upTo: number,
): void {
  const kernel = loadKernel('matrixFactorization');
  if (kernel) trainByKernel(kernel, interactions, options, context, state, upTo);
  else trainReference(interactions, options, context, state, upTo);
}

/**
 * Writes the logits of one user's candidates into `out` (same length).
 * @throws RangeError when the lengths differ.
 */
export function scoreMatrixFactorization(
  model: MatrixFactorization,
  userIndex: number,
  items: Int32Array,
  out: Float32Array,
): void {
  const { dim, userVectors, itemVectors, itemBiases } = model;
  if (items.length !== out.length) {
    throw new RangeError(`matrixFactorization: ${items.length} items, but room for ${out.length} scores`);
  }
  const userRow = userIndex * dim;
  const userBias = model.userBiases[userIndex] + model.globalBias;
  for (let candidate = 0; candidate < items.length; candidate++) {
    const itemIndex = items[candidate];
    let score = userBias + itemBiases[itemIndex];
    for (let d = 0; d < dim; d++) score += userVectors[userRow + d] * itemVectors[itemIndex * dim + d];
    out[candidate] = score;
  }
}
