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
import type { GivenVectors, HalfStep } from './halfStep.ts';
import { finishHalfSteps, initialImplicitALS, penaltyOf } from './training.ts';
import type { ImplicitALSSettings } from './training.ts';

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

type Crew = ReturnType<typeof startThreads>;

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
  const { unobservedWeight } = model;
  const solve = (side: Side, given: Side): number => {
    computeGramian(crew, arrays, given);
    return solveSide(crew, arrays, side, given.vectors, unobservedWeight);
  };
  try {
    const { iterations } = options;
    for (let epoch = 1; epoch <= iterations; epoch++) {
      const itemMisfit = solve(items, users);
      const loss = (solve(users, items) + penaltySum(items, width)) / n;
      finishHalfSteps(context, { epoch, epochs: iterations, loss }, itemMisfit);
    }
    computeGramian(crew, arrays, items);
  } finally {
    crew.end();
  }
  unpadRows(arrays.userVectors, width, model.userVectors, dim);
  unpadRows(arrays.itemVectors, width, model.itemVectors, dim);
  model.gramian.set(symmetric(arrays.gram, width, dim));
  return model;
}

/** [dim × dim] from the upper triangle of a matrix in padded rows. */
function symmetric(gram: Float32Array, width: number, dim: number): Float32Array {
  const whole = new Float32Array(dim * dim);
  for (let row = 0; row < dim; row++) {
    for (let column = row; column < dim; column++) {
      const value = gram[row * width + column];
      whole[row * dim + column] = value;
      whole[column * dim + row] = value;
    }
  }
  return whole;
}

/** Memory in which sides are solved. */
interface Workspace {
  readonly settings: Uint32Array;
  readonly counter: Int32Array;
  readonly places: Int32Array;
  /** [width × width], by whose side the width of all vectors is known. */
  readonly gram: Float32Array;
  readonly scratch: Float32Array;
  readonly least: Float64Array;
}

/** QᵀQ of a side's vectors Q, upper triangle, into the workspace. */
function computeGramian(
  crew: Crew,
  { counter, gram }: Pick<Workspace, 'counter' | 'gram'>,
  { vectors, numRows }: Pick<Side, 'vectors' | 'numRows'>,
): void {
  counter[0] = 0;
  crew.run('gramian', counter.byteOffset, vectors.byteOffset, numRows, widthOf(gram), gram.byteOffset);
}

/** Solves for one side's vectors, given the other's and, in the workspace, their QᵀQ; Σ of the least values. */
function solveSide(
  crew: Crew,
  workspace: Workspace,
  side: Side,
  given: Float32Array,
  unobservedWeight: number,
): number {
  const { settings, counter, places, gram, least } = workspace;
  counter[0] = 0;
  places[0] = 0;
  writeSettings(settings, SOLVE_SETTINGS, {
    ...workspace,
    ...side,
    weights: side.weights.length > 0 ? side.weights : { byteOffset: 0 },
    vectors: given,
    dim: widthOf(gram),
    unobservedWeight,
    out: side.vectors,
  });
  crew.run('solveRows', settings.byteOffset);
  return least.subarray(0, side.numRows).reduce((sum, one) => sum + one, 0);
}

function widthOf(gram: Float32Array): number {
  return Math.sqrt(gram.length);
}

/** `vectorGramian` by the kernel. */
export function gramianKernel(kernel: Kernel, vectors: Float32Array, dim: number): Float32Array {
  const width = Math.ceil(dim / 8) * 8;
  const numRows = vectors.length / dim;
  const reserved = reserveMemory('implicitALS', {
    counter: ['Int32Array', 1],
    gram: ['Float32Array', width * width],
    vectors: ['Float32Array', numRows * width],
  });
  const { arrays } = reserved;
  padRows(vectors, dim, arrays.vectors, width);
  const crew = startThreads(kernel, reserved, 1);
  try {
    computeGramian(crew, arrays, { vectors: arrays.vectors, numRows });
    return symmetric(arrays.gram, width, dim);
  } finally {
    crew.end();
  }
}

/** {@link solveHalfStep} by the kernel, on one thread. */
export function solveHalfStepKernel(
  kernel: Kernel,
  rows: SparseRows,
  given: GivenVectors,
  settings: ImplicitALSSettings,
): HalfStep {
  const { dim, unobservedWeight } = settings;
  const width = Math.ceil(dim / 8) * 8;
  const reserved = reserveMemory('implicitALS', {
    settings: settingsLength(SOLVE_SETTINGS),
    counter: ['Int32Array', 1],
    places: ['Int32Array', 1],
    gram: ['Float32Array', width * width],
    scratch: ['Float32Array', (width + SCRATCH_ROWS) * width],
    least: ['Float64Array', rows.numRows],
    given: ['Float32Array', rows.numColumns * width],
    vectors: ['Float32Array', rows.numRows * width],
    offsets: ['Int32Array', rows.numRows + 1],
    columns: ['Int32Array', rows.columns.length],
    weights: ['Float32Array', 0],
    penalties: ['Float32Array', rows.numRows],
  });
  const { arrays } = reserved;
  const side: Side = { numRows: rows.numRows, ...arrays };
  fillSide(side, rows, settings, rows.numColumns);
  padRows(given.vectors, dim, arrays.given, width);
  padRows(given.gramian, dim, arrays.gram, width);
  const crew = startThreads(kernel, reserved, 1);
  try {
    const least = solveSide(crew, arrays, side, arrays.given, unobservedWeight);
    const vectors = new Float32Array(rows.numRows * dim);
    unpadRows(arrays.vectors, width, vectors, dim);
    return { vectors, least, penalty: penaltySum(side, width) };
  } finally {
    crew.end();
  }
}

function fillSide(side: Side, rows: SparseRows, model: ImplicitALSSettings, numOthers: number): void {
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
