import { reserveMemory } from '../kernels/kernelMemory.ts';
import type { KernelArrays, KernelLayout } from '../kernels/kernelMemory.ts';
import { loadKernel } from '../kernels/loadKernel.ts';
import { padRows, unpadRows } from '../kernels/rows.ts';
import { startThreads } from '../kernels/threads.ts';
import type { ThreadCrew } from '../kernels/threads.ts';
import { choleskyFactor, invertPositiveDefinite, multiply } from './linearAlgebra.ts';
import type { Numbers } from './linearAlgebra.ts';

/** Rows and columns of the blocks that dense matrices are worked on in. */
export const BLOCK = 64;
const BLOCK_LENGTH = BLOCK * BLOCK;

/** The side of a matrix filled up to whole blocks. */
export function paddedSide(n: number): number {
  return Math.ceil(n / BLOCK) * BLOCK;
}

/** The memory that {@link eliminate} works on: a matrix of paddedSide(n) rows and columns, and its scratch. */
export function eliminationLayout(n: number) {
  const side = paddedSide(n);
  return {
    /** The next chunk of the job, and whether a pivot was not positive. */
    counter: ['Int32Array', 1],
    failed: ['Int32Array', 1],
    matrix: ['Float32Array', side * side],
    panel: ['Float32Array', (2 + 2 * (side / BLOCK)) * BLOCK_LENGTH],
    pivot: ['Float64Array', BLOCK_LENGTH],
  } as const satisfies KernelLayout;
}

type EliminationArrays = KernelArrays<ReturnType<typeof eliminationLayout>>;

/**
 * Cholesky factor R on and above the diagonal (matrix = RᵀR), or the whole inverse, in place, in a kernel that exports
 * what `kernels/lib/positiveDefinite.ts` has; rows past n must be those of the identity.
 *
 * @returns false, with the matrix spoilt, when it is not positive definite.
 */
export function eliminate(
  crew: ThreadCrew,
  { counter, failed, matrix, panel, pivot }: EliminationArrays,
  n: number,
  inverting: boolean,
): boolean {
  const side = paddedSide(n);
  const stride = side * Float32Array.BYTES_PER_ELEMENT;
  const numBlocks = side / BLOCK;
  const run = (name: string, ...args: number[]): void => {
    counter[0] = 0;
    crew.run(name, counter.byteOffset, matrix.byteOffset, stride, ...args);
  };
  failed[0] = 0;
  for (let block = 0; block < numBlocks; block++) {
    run('factorPivot', block, panel.byteOffset, pivot.byteOffset, failed.byteOffset, Number(inverting));
    if (failed[0] !== 0) return false;
    run('solvePanel', numBlocks, block, panel.byteOffset, Number(inverting));
    run('updateRest', numBlocks, block, panel.byteOffset, Number(inverting));
  }
  if (inverting) run('finishInverse', numBlocks);
  return true;
}

/**
 * {@link choleskyFactor} or {@link invertPositiveDefinite} in float32 on threads: the same bytes from any number of
 * them. The work is n³ / 3, or n³, floating point operations; the error grows with the matrix's condition times 6e-8.
 *
 * @param matrix [n × n] symmetric; in place: the factor's lower triangle, or the whole inverse.
 * @returns false, with the matrix as it was, when it is not positive definite in float32.
 * @throws EngineMemoryError when the copy worked on does not fit.
 */
export function eliminateOnThreads(matrix: Numbers, n: number, inverting: boolean, threads = 1): boolean {
  const kernel = loadKernel('linearAlgebra');
  if (!kernel) return inverting ? invertPositiveDefinite(matrix, n) : choleskyFactor(matrix, n);
  const reserved = reserveMemory(inverting ? 'inverse' : 'cholesky', eliminationLayout(n));
  const work = reserved.arrays.matrix;
  const side = paddedSide(n);
  for (let row = 0; row < side; row++) {
    if (row < n) work.set(matrix.subarray(row * n, (row + 1) * n), row * side);
    else work[row * side + row] = 1;
  }
  const crew = startThreads(kernel, reserved, threads);
  try {
    if (!eliminate(crew, reserved.arrays, n, inverting)) return false;
  } finally {
    crew.end();
  }
  for (let row = 0; row < n; row++) {
    if (inverting) matrix.set(work.subarray(row * side, row * side + n), row * n);
    else for (let column = 0; column <= row; column++) matrix[row * n + column] = work[column * side + row];
  }
  return true;
}

/**
 * {@link multiply} in float32 on threads: C = A · B, the same bytes from any number of them.
 *
 * @param a [numRows × numInner]
 * @param b [numInner × numColumns]
 * @returns [numRows × numColumns]
 * @throws EngineMemoryError when the copies worked on do not fit.
 */
export function multiplyOnThreads(
  a: Float32Array,
  b: Float32Array,
  numRows: number,
  numInner: number,
  numColumns: number,
  threads = 1,
): Float32Array {
  const kernel = loadKernel('linearAlgebra');
  if (!kernel) return Float32Array.from(multiply(a, b, numRows, numInner, numColumns));
  const [rows, inner, columns] = [numRows, numInner, numColumns].map(paddedSide);
  const reserved = reserveMemory('multiply', {
    counter: ['Int32Array', 1],
    places: ['Int32Array', 1],
    scratch: ['Float32Array', threads * 2 * BLOCK_LENGTH],
    a: ['Float32Array', rows * inner],
    b: ['Float32Array', inner * columns],
    c: ['Float32Array', rows * columns],
  });
  const { arrays } = reserved;
  padRows(a, numInner, arrays.a, inner);
  padRows(b, numColumns, arrays.b, columns);
  const crew = startThreads(kernel, reserved, threads);
  try {
    const addresses = [arrays.counter, arrays.places, arrays.scratch, arrays.a, arrays.b, arrays.c].map(
      ({ byteOffset }) => byteOffset,
    );
    crew.run('multiply', ...addresses, rows / BLOCK, inner / BLOCK, columns / BLOCK);
  } finally {
    crew.end();
  }
  const c = new Float32Array(numRows * numColumns);
  unpadRows(arrays.c, columns, c, numColumns);
  return c;
}
