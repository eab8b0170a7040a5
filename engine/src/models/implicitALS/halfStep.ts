import { loadKernel } from '../../kernels/loadKernel.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { FitError } from '../fitting.ts';
import { solveHalfStepKernel } from './kernel.ts';
import type { ImplicitALSSettings } from './training.ts';
import { VectorSolver } from './vectorSolver.ts';

/** The vectors of one side, solved for. */
export interface HalfStep {
  /** [rows × dim]; zero for a row without entries. */
  readonly vectors: Float32Array;
  /** Σ over rows of the least value reached, their penalty included. */
  readonly least: number;
}

/**
 * Solves for the vectors of some rows, given those of all columns: half a round of iALS for some users, or for some items.
 *
 * The rows of all parts together are what one round of {@link fitImplicitALS} solves for, to the byte.
 * @param rows of ones
 * @param vectors [columns × dim]
 * @throws FitError where a row has no solution
 */
export function solveHalfStep(
  rows: SparseRows,
  vectors: Float32Array,
  settings: ImplicitALSSettings,
): HalfStep {
  const kernel = loadKernel('implicitALS');
  const step = kernel
    ? solveHalfStepKernel(kernel, rows, vectors, settings)
    : solveByReference(rows, vectors, settings);
  if (Number.isFinite(step.least)) return step;
  throw new FitError('implicitALS: the loss is not finite; try a larger regularization');
}

function solveByReference(rows: SparseRows, given: Float32Array, settings: ImplicitALSSettings): HalfStep {
  const vectors = new Float32Array(rows.numRows * settings.dim);
  const least = new VectorSolver(settings).solveAll(rows, given, rows.numColumns, vectors);
  return { vectors, least };
}
