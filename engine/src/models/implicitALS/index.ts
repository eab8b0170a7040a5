import type { Interactions } from '../../data/interactions.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { FitContext } from '../fitting.ts';
import { fitImplicitALSKernel } from './kernel.ts';
import { fitImplicitALSReference } from './reference.ts';

export interface ImplicitALSOptions {
  /** Length of the vectors. */
  readonly dim: number;
  /** λ, the L2 penalty before scaling by frequency. */
  readonly regularization: number;
  /** α₀, the weight of every user-item pair as a negative; an observed one has its own weight on top. */
  readonly unobservedWeight: number;
  /** Rounds of solving first for all items, then for all users. */
  readonly iterations: number;
  /** ν: a user's penalty is λ (number of its interactions + α₀ · numItems)^ν, an item's likewise. 1 where left out. */
  readonly frequencyScaling?: number;
  /** Standard deviation of a random vector's length at the start; each number's is this over √dim. 0.1 where left out. */
  readonly initialDeviation?: number;
  /** [n] of the interactions, at least 0; 1 where left out. Counts of interactions are then sums of weights. */
  readonly weights?: Float32Array;
}

/** A vector per user and per item; score their inner product, about 1 for what was met and 0 for what was not. */
export interface ImplicitALS {
  readonly numUsers: number;
  readonly numItems: number;
  readonly dim: number;
  /** [numUsers × dim] row-major; zero for a user without interactions. */
  readonly userVectors: Float32Array;
  /** [numItems × dim] row-major; zero for an item without interactions. */
  readonly itemVectors: Float32Array;
  /** [dim × dim] QᵀQ of the item vectors Q. */
  readonly gramian: Float32Array;
  readonly regularization: number;
  readonly unobservedWeight: number;
  readonly frequencyScaling: number;
}

/**
 * Learns the same as {@link fitImplicitALSReference}, up to rounding, by the kernel where it is built: the same bytes
 * from any number of threads.
 *
 * @throws FitError for options out of range, without interactions, or when the loss is not finite.
 * @throws EngineMemoryError when vectors and interactions do not fit.
 */
export function fitImplicitALS(
  interactions: Interactions,
  options: ImplicitALSOptions,
  context: FitContext,
): ImplicitALS {
  const kernel = loadKernel('implicitALS');
  return kernel
    ? fitImplicitALSKernel(kernel, interactions, options, context)
    : fitImplicitALSReference(interactions, options, context);
}
