import type { Interactions } from '../../data/interactions.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { PairSource } from '../../sparse/pairSums.ts';
import type { SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import type { FitContext } from '../fitting.ts';
import { fitEASEKernel } from './kernel.ts';
import { easeProblem, easeProblemOfPairs } from './problem.ts';
import type { EASEProblem } from './problem.ts';
import { solveByReference } from './reference.ts';

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
  return solve(easeProblem(interactions, options), options, context);
}

/**
 * The same from XᵀX, such as added up from parts of the users: the bytes of the primal form as long as no sum exceeds 2²⁴.
 * @param pairs the users who met both items, an item with itself too
 * @param counts [numItems] of all interactions
 */
export function fitEASEOfPairs(
  pairs: PairSource,
  counts: Int32Array,
  options: Omit<EASEOptions, 'weights' | 'form'>,
  context: FitContext,
): SparseItemMatrix {
  return solve(easeProblemOfPairs(pairs, counts, options), options, context);
}

function solve(problem: EASEProblem, options: EASEOptions, context: FitContext): SparseItemMatrix {
  const kernel = loadKernel('ease');
  return kernel
    ? fitEASEKernel(kernel, problem, options, context)
    : solveByReference(problem, options, context);
}
