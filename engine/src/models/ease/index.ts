import type { Interactions } from '../../data/interactions.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { PairSums } from '../../sparse/pairSums.ts';
import type { SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import type { FitContext } from '../fitting.ts';
import { easeOfPairsKernel, fitEASEKernel } from './kernel.ts';
import { easeItems } from './problem.ts';
import { easeOfPairsReference, fitEASEReference } from './reference.ts';

export interface EASEOptions {
  /** λ, the L2 penalty on every weight. */
  readonly l2: number;
  /** Weights stored per item on average: the numItems × numNeighbours of the largest magnitudes. */
  readonly numNeighbours: number;
  /** The number of items that take part, those with the most interactions; the others get empty rows. All if left out. */
  readonly maxItems?: number;
  /** [n] the entry of X per interaction; 1 where left out. */
  readonly weights?: Float32Array;
  /** Inverts items × items (primal) or users × users (dual); by default the smaller of the two. Same result. */
  readonly form?: 'primal' | 'dual';
}

/**
 * Learns the same as {@link fitEASEReference}, up to rounding, by the kernel where it is built: the same bytes from any
 * number of threads and any seed.
 *
 * @throws FitError for options out of range, without interactions, or when the inverse is not finite.
 * @throws EngineMemoryError when the matrix inverted, 4 bytes × min(items, users)², does not fit.
 */
export function fitEASE(
  interactions: Interactions,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const kernel = loadKernel('ease');
  return kernel
    ? fitEASEKernel(kernel, interactions, options, context)
    : fitEASEReference(interactions, options, context);
}

/** EASE from XᵀX, which comes in parts, such as those that tasks counted of users of their own. */
export interface EASEOfPairs {
  /** @param pairs the users who met both items, an item with itself too; what came before is added to */
  add(pairs: PairSums): void;
  /** Once all have come. @throws FitError when the inverse is not finite */
  fit(context: FitContext): SparseItemMatrix;
}

/**
 * Learns what {@link fitEASE} does of all interactions, holding one matrix of items × items: the bytes of its primal form as long as no sum
 * exceeds 2²⁴.
 * @param counts [numItems] of all interactions
 * @throws FitError for options out of range, or without interactions
 * @throws EngineMemoryError when the matrix does not fit
 */
export function easeOfPairs(counts: Int32Array, options: Omit<EASEOptions, 'weights' | 'form'>): EASEOfPairs {
  const items = easeItems(counts, options);
  const kernel = loadKernel('ease');
  return kernel ? easeOfPairsKernel(kernel, items, options) : easeOfPairsReference(items, options);
}
