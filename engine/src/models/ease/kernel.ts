import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { startThreads } from '../../kernels/threads.ts';
import { eliminate, eliminationLayout, paddedSide } from '../../linearAlgebra/onThreads.ts';
import type { PaddedRows, SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { EASEOptions } from './index.ts';
import { easeRows, notFinite, servedWeights, totalLoss } from './problem.ts';
import type { EASEProblem } from './problem.ts';

/** The settings of `engine/kernels/ease.ts`. */
export const EASE_SETTINGS = {
  counter: 'address',
  threadPlaces: 'address',
  scratch: 'address',
  leftOffsets: 'address',
  leftColumns: 'address',
  leftValues: 'address',
  rightOffsets: 'address',
  rightColumns: 'address',
  rightValues: 'address',
  numLeft: 'u32',
  numItems: 'u32',
  matrix: 'address',
  stride: 'u32',
  explained: 'address',
  scales: 'address',
  keptWidth: 'u32',
  keptPlaces: 'address',
  keptWeights: 'address',
} as const;

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
  problem: EASEProblem,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const rows = easeRows(problem, options);
  const loss = solve(kernel, problem, options.l2, rows, context.threads ?? 1);
  finishEpoch('ease', context, { epoch: 1, epochs: 1, loss: loss / problem.numInteractions });
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
  const [left, right] = dual ? [users, items] : [items, users];
  const side = paddedSide(left.numRows);
  const entries = items.columns.length;
  const reserved = reserveMemory('ease', {
    settings: settingsLength(EASE_SETTINGS),
    ...eliminationLayout(left.numRows),
    threadPlaces: ['Int32Array', 1],
    scratch: ['Float32Array', dual ? threads * TOGETHER * (2 * side + n) : 0],
    leftOffsets: ['Int32Array', left.numRows + 1],
    leftColumns: ['Int32Array', entries],
    leftValues: ['Float32Array', entries],
    rightOffsets: ['Int32Array', right.numRows + 1],
    rightColumns: ['Int32Array', entries],
    rightValues: ['Float32Array', entries],
    explained: ['Float64Array', dual ? n : 0],
    scales: ['Float32Array', paddedSide(n)],
    keptPlaces: ['Int32Array', n * out.width],
    keptWeights: ['Float32Array', n * out.width],
  });
  const { arrays } = reserved;
  const { counter, matrix, threadPlaces, explained, scales, keptPlaces, keptWeights } = arrays;
  place(left, arrays.leftOffsets, arrays.leftColumns, arrays.leftValues);
  place(right, arrays.rightOffsets, arrays.rightColumns, arrays.rightValues);
  writeSettings(arrays.settings, EASE_SETTINGS, {
    ...arrays,
    numLeft: left.numRows,
    numItems: n,
    stride: side * Float32Array.BYTES_PER_ELEMENT,
    keptWidth: out.width,
  });

  const crew = startThreads(kernel, reserved, threads);
  const run = (name: string): void => {
    counter[0] = 0;
    threadPlaces[0] = 0;
    crew.run(name, arrays.settings.byteOffset);
  };
  try {
    run('addProduct');
    for (let row = 0; row < side; row++) matrix[row * side + row] += row < left.numRows ? l2 : 1;
    if (!eliminate(crew, arrays, left.numRows, true)) throw notFinite(l2);

    const diagonal = new Float64Array(n);
    if (dual) {
      run('dualDiagonal');
      diagonal.set(explained.map((share) => (1 - share) / l2));
      diagonal.forEach((value, item) => (scales[item] = 1 / (l2 * value)));
      run('dualRows');
    } else {
      diagonal.forEach((_, item) => (diagonal[item] = matrix[item * side + item]));
      diagonal.forEach((value, item) => (scales[item] = -1 / value));
      run('primalRows');
    }
    unpack(out, itemOf, keptPlaces, keptWeights);
    return totalLoss(diagonal, l2);
  } finally {
    crew.end();
  }
}

function place(rows: SparseRows, offsets: Int32Array, columns: Int32Array, values: Float32Array): void {
  offsets.set(rows.offsets);
  columns.set(rows.columns);
  values.set(rows.values);
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
