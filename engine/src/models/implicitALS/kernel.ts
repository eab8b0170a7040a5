import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { padRows, unpadRows } from '../../kernels/rows.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { startThreads } from '../../kernels/threads.ts';
import { transposed, userRows } from '../../sparse/rows.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import type { FitContext } from '../fitting.ts';
import type { ImplicitALS, ImplicitALSOptions } from './index.ts';
import { finishHalfSteps, initialImplicitALS, penaltyOf } from './training.ts';

/** Vectors gathered by a thread, and the three vectors a solve needs: rows of scratch besides the matrix. */
const SCRATCH_ROWS = 67;

/** The settings of `solveRows` in `engine/kernels/implicitALS.ts`. */
export const SOLVE_SETTINGS = {
  counter: 'address',
  places: 'address',
  scratch: 'address',
  offsets: 'address',
  columns: 'address',
  weights: 'address',
  numRows: 'u32',
  vectors: 'address',
  dim: 'u32',
  gram: 'address',
  unobservedWeight: 'f32',
  penalties: 'address',
  out: 'address',
  least: 'address',
} as const;

/** One side of the data in kernel memory: who is solved for, from what. */
interface Side {
  readonly numRows: number;
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
  readonly weights: Float32Array;
  readonly penalties: Float32Array;
  readonly vectors: Float32Array;
}

/**
 * The fit of `fitImplicitALSReference` in float32 on threads: the same bytes from any number of them.
 *
 * @throws FitError as the reference does.
 * @throws EngineMemoryError when vectors and interactions do not fit.
 */
export function fitImplicitALSKernel(
  kernel: Kernel,
  interactions: Interactions,
  options: ImplicitALSOptions,
  context: FitContext,
): ImplicitALS {
  const model = initialImplicitALS(interactions, options, context);
  const { numUsers, numItems, dim } = model;
  const { threads = 1 } = context;
  const width = Math.ceil(dim / 8) * 8;
  const n = interactions.itemIndices.length;
  const numWeights = options.weights ? n : 0;
  const reserved = reserveMemory('implicitALS', {
    settings: settingsLength(SOLVE_SETTINGS),
    counter: ['Int32Array', 1],
    places: ['Int32Array', 1],
    gram: ['Float32Array', width * width],
    scratch: ['Float32Array', threads * (width + SCRATCH_ROWS) * width],
    least: ['Float64Array', Math.max(numUsers, numItems)],
    userVectors: ['Float32Array', numUsers * width],
    userOffsets: ['Int32Array', numUsers + 1],
    userColumns: ['Int32Array', n],
    userWeights: ['Float32Array', numWeights],
    userPenalties: ['Float32Array', numUsers],
    itemVectors: ['Float32Array', numItems * width],
    itemOffsets: ['Int32Array', numItems + 1],
    itemColumns: ['Int32Array', n],
    itemWeights: ['Float32Array', numWeights],
    itemPenalties: ['Float32Array', numItems],
  });
  const { arrays } = reserved;
  const users: Side = {
    numRows: numUsers,
    offsets: arrays.userOffsets,
    columns: arrays.userColumns,
    weights: arrays.userWeights,
    penalties: arrays.userPenalties,
    vectors: arrays.userVectors,
  };
  const items: Side = {
    numRows: numItems,
    offsets: arrays.itemOffsets,
    columns: arrays.itemColumns,
    weights: arrays.itemWeights,
    penalties: arrays.itemPenalties,
    vectors: arrays.itemVectors,
  };
  const rows = userRows(interactions, options.weights);
  fillSide(users, rows, model, numItems);
  fillSide(items, transposed(rows), model, numUsers);
  padRows(model.userVectors, dim, arrays.userVectors, width);

  const crew = startThreads(kernel, reserved, threads);
  const gramianOf = ({ vectors, numRows }: Side): void => {
    arrays.counter[0] = 0;
    crew.run(
      'gramian',
      arrays.counter.byteOffset,
      vectors.byteOffset,
      numRows,
      width,
      arrays.gram.byteOffset,
    );
  };
  /** Solves for one side's vectors, given the other's; Σ of the least values. */
  const solve = (side: Side, given: Side): number => {
    gramianOf(given);
    arrays.counter[0] = 0;
    arrays.places[0] = 0;
    writeSettings(arrays.settings, SOLVE_SETTINGS, {
      ...arrays,
      ...side,
      weights: numWeights > 0 ? side.weights : { byteOffset: 0 },
      vectors: given.vectors,
      dim: width,
      unobservedWeight: model.unobservedWeight,
      out: side.vectors,
    });
    crew.run('solveRows', arrays.settings.byteOffset);
    return arrays.least.subarray(0, side.numRows).reduce((sum, least) => sum + least, 0);
  };
  try {
    const { iterations } = options;
    for (let epoch = 1; epoch <= iterations; epoch++) {
      const itemMisfit = solve(items, users);
      const loss = (solve(users, items) + penaltySum(items, width)) / n;
      finishHalfSteps(context, { epoch, epochs: iterations, loss }, itemMisfit);
    }
    gramianOf(items);
  } finally {
    crew.end();
  }
  unpadRows(arrays.userVectors, width, model.userVectors, dim);
  unpadRows(arrays.itemVectors, width, model.itemVectors, dim);
  for (let row = 0; row < dim; row++) {
    for (let column = row; column < dim; column++) {
      const value = arrays.gram[row * width + column];
      model.gramian[row * dim + column] = value;
      model.gramian[column * dim + row] = value;
    }
  }
  return model;
}

function fillSide(side: Side, rows: SparseRows, model: ImplicitALS, numOthers: number): void {
  side.offsets.set(rows.offsets);
  side.columns.set(rows.columns);
  if (side.weights.length > 0) side.weights.set(rows.values);
  for (let row = 0; row < rows.numRows; row++) {
    let count = 0;
    for (let entry = rows.offsets[row]; entry < rows.offsets[row + 1]; entry++) count += rows.values[entry];
    side.penalties[row] = penaltyOf(model, count, numOthers);
  }
}

/** Σ over rows of their penalty · ‖vector‖². */
function penaltySum({ vectors, penalties }: Side, width: number): number {
  let sum = 0;
  for (let row = 0; row < penalties.length; row++) {
    let squared = 0;
    for (let at = row * width; at < (row + 1) * width; at++) squared += vectors[at] * vectors[at];
    sum += penalties[row] * squared;
  }
  return sum;
}
