import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { startThreads } from '../../kernels/threads.ts';
import { eliminate, eliminationLayout, paddedSide } from '../../linearAlgebra/onThreads.ts';
import type { PaddedRows, SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { EASEOptions } from './index.ts';
import { easeProblem, easeRows, notFinite, servedWeights, totalLoss } from './problem.ts';
import type { EASEProblem } from './problem.ts';

/** Rows of B that the dual form computes together. */
const TOGETHER = 8;

/**
 * The fit of `fitEASEReference` in float32 on threads: the same bytes from any number of them.
 *
 * The matrix inverted takes 4 bytes × (items or users)²; items × items is never held in the dual form.
 * @throws FitError as the reference does.
 * @throws EngineMemoryError when that matrix does not fit.
 */
export function fitEASEKernel(
  kernel: Kernel,
  interactions: Interactions,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const problem = easeProblem(interactions, options);
  const rows = easeRows(interactions, options);
  const loss = solve(kernel, problem, options.l2, rows, context.threads ?? 1);
  finishEpoch('ease', context, { epoch: 1, epochs: 1, loss: loss / interactions.itemIndices.length });
  return servedWeights(rows, options);
}

/** Fills the matrix; returns the loss. */
function solve(
  kernel: Kernel,
  { users, items, itemOf, form }: EASEProblem,
  l2: number,
  out: PaddedRows,
  threads: number,
): number {
  const dual = form === 'dual';
  const n = items.numRows;
  const left = dual ? users : items;
  const side = paddedSide(left.numRows);
  const stride = side * Float32Array.BYTES_PER_ELEMENT;
  const entries = items.columns.length;
  const reserved = reserveMemory('ease', {
    ...eliminationLayout(left.numRows),
    threadPlaces: ['Int32Array', 1],
    scratch: ['Float32Array', dual ? threads * TOGETHER * (2 * side + n) : 0],
    userOffsets: ['Int32Array', users.numRows + 1],
    userColumns: ['Int32Array', entries],
    userValues: ['Float32Array', entries],
    itemOffsets: ['Int32Array', n + 1],
    itemColumns: ['Int32Array', entries],
    itemValues: ['Float32Array', entries],
    explained: ['Float64Array', dual ? n : 0],
    scales: ['Float32Array', paddedSide(n)],
    keptPlaces: ['Int32Array', n * out.width],
    keptWeights: ['Float32Array', n * out.width],
  });
  const { arrays } = reserved;
  const { counter, matrix, threadPlaces, scratch, explained, scales, keptPlaces, keptWeights } = arrays;
  const place = (rows: SparseRows, ...to: [Int32Array, Int32Array, Float32Array]): number[] => {
    to[0].set(rows.offsets);
    to[1].set(rows.columns);
    to[2].set(rows.values);
    return to.map(({ byteOffset }) => byteOffset);
  };
  const byUser = place(users, arrays.userOffsets, arrays.userColumns, arrays.userValues);
  const byItem = place(items, arrays.itemOffsets, arrays.itemColumns, arrays.itemValues);

  const crew = startThreads(kernel, reserved, threads);
  const run = (name: string, ...args: number[]): void => {
    counter[0] = 0;
    threadPlaces[0] = 0;
    crew.run(name, counter.byteOffset, ...args);
  };
  try {
    const factors = dual ? [...byUser, ...byItem] : [...byItem, ...byUser];
    run('addProduct', ...factors, left.numRows, matrix.byteOffset, stride);
    for (let row = 0; row < side; row++) matrix[row * side + row] += row < left.numRows ? l2 : 1;
    if (!eliminate(crew, arrays, left.numRows, true)) throw notFinite(l2);

    const diagonal = new Float64Array(n);
    const kept = [scales.byteOffset, out.width, keptPlaces.byteOffset, keptWeights.byteOffset];
    if (dual) {
      const source = [threadPlaces.byteOffset, scratch.byteOffset, ...byItem, n, matrix.byteOffset, stride];
      run('dualDiagonal', ...source, explained.byteOffset);
      diagonal.set(explained.map((share) => (1 - share) / l2));
      diagonal.forEach((value, item) => (scales[item] = 1 / (l2 * value)));
      run('dualRows', ...source, ...kept);
    } else {
      diagonal.forEach((_, item) => (diagonal[item] = matrix[item * side + item]));
      diagonal.forEach((value, item) => (scales[item] = -1 / value));
      run('primalRows', matrix.byteOffset, stride, n, ...kept);
    }
    unpack(out, itemOf, keptPlaces, keptWeights);
    return totalLoss(diagonal, l2);
  } finally {
    crew.end();
  }
}

/** From the numbering used inside to that of the caller. */
function unpack(out: PaddedRows, itemOf: Int32Array, places: Int32Array, weights: Float32Array): void {
  const { width } = out;
  for (let item = 0; item < itemOf.length; item++) {
    const from = item * width;
    const to = itemOf[item] * width;
    out.weights.set(weights.subarray(from, from + width), to);
    for (let index = 0; index < width; index++) {
      const place = places[from + index];
      out.items[to + index] = place < 0 ? -1 : itemOf[place];
    }
  }
}
