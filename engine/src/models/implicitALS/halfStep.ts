import { loadKernel } from '../../kernels/loadKernel.ts';
import { gramian } from '../../linearAlgebra/linearAlgebra.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { FitError } from '../fitting.ts';
import { gramianKernel, solveHalfStepKernel } from './kernel.ts';
import type { ImplicitALSSettings } from './training.ts';
import { VectorSolver } from './vectorSolver.ts';

/** The vectors of one side, solved for. */
export interface HalfStep {
  /** [rows × dim]; zero for a row without entries. */
  readonly vectors: Float32Array;
  /** Σ over rows of the least value reached, their penalty included. */
  readonly least: number;
  /** Σ over rows of their penalty · ‖vector‖². */
  readonly penalty: number;
}

/** The side from which another is solved for. */
export interface GivenVectors {
  /** [columns × dim] */
  readonly vectors: Float32Array;
  /** [dim × dim] see {@link vectorGramian}. */
  readonly gramian: Float32Array;
}

/** QᵀQ of vectors Q, [dim × dim], as a half-step needs it of those it is given. */
export function vectorGramian(vectors: Float32Array, dim: number): Float32Array {
  const kernel = loadKernel('implicitALS');
  return kernel ? gramianKernel(kernel, vectors, dim) : Float32Array.from(gramian(vectors, dim));
}

/**
 * Solves for the vectors of some rows, given those of all columns: half a round of iALS for some users, or for some items.
 *
 * The rows of all parts together are what one round of {@link fitImplicitALS} solves for by its kernel, to the byte.
 * @param rows of ones
 * @throws FitError where a row has no solution
 */
export function solveHalfStep(
  rows: SparseRows,
  given: GivenVectors,
  settings: ImplicitALSSettings,
): HalfStep {
  const kernel = loadKernel('implicitALS');
  const step = kernel
    ? solveHalfStepKernel(kernel, rows, given, settings)
    : solveByReference(rows, given, settings);
  if (Number.isFinite(step.least)) return step;
  throw new FitError('implicitALS: the loss is not finite; try a larger regularization');
}

function solveByReference(rows: SparseRows, given: GivenVectors, settings: ImplicitALSSettings): HalfStep {
  const vectors = new Float32Array(rows.numRows * settings.dim);
  const solver = new VectorSolver(settings);
  const least = solver.solveAll(rows, given.vectors, given.gramian, vectors);
  return { vectors, least, penalty: solver.penalty(rows, rows.numColumns, vectors) };
}
