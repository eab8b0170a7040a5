import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { startThreads } from '../../kernels/threads.ts';
import { eliminate, eliminationLayout, paddedSide } from '../../linearAlgebra/onThreads.ts';
import type { SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { EASEOfPairs, EASEOptions } from './index.ts';
import { easeProblem, easeWidth, gramAdder, notFinite, servedWeights, totalLoss } from './problem.ts';
import type { EASEItems, EASEProblem } from './problem.ts';

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
  interactions: Interactions,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const problem = easeProblem(interactions, options);
  const { users, items, form } = problem;
  const [left, right] = form === 'dual' ? [users, items] : [items, users];
  const { threads = 1 } = context;
  const width = easeWidth(problem, options);
  const work = prepare({ left, right, form, numItems: items.numRows, width, threads });
  return solve(kernel, work, problem, options, context);
}

/** The same in its primal form, of XᵀX that comes in parts: added up where it is inverted. */
export function easeOfPairsKernel(kernel: Kernel, chosen: EASEItems, options: EASEOptions): EASEOfPairs {
  const n = chosen.itemOf.length;
  const none = { numRows: n, numColumns: n, offsets: new Int32Array(n + 1), ...NO_ENTRIES };
  const width = easeWidth(chosen, options);
  const work = prepare({ left: none, right: none, form: 'primal', numItems: n, width, threads: 1 });
  return {
    add: gramAdder(chosen, work.reserved.arrays.matrix, paddedSide(n)),
    fit: (context) => solve(kernel, work, chosen, options, context),
  };
}

const NO_ENTRIES = { columns: new Int32Array(0), values: new Float32Array(0) };

interface Shape {
  /** The factors of the matrix that is inverted, but for what is added to it in another way. */
  readonly left: SparseRows;
  readonly right: SparseRows;
  readonly form: EASEProblem['form'];
  readonly numItems: number;
  /** Weights kept of each item. */
  readonly width: number;
  readonly threads: number;
}

/** A fit's memory, with the factors and the settings in it. */
interface Work extends Pick<Shape, 'form' | 'numItems' | 'width'> {
  /** Of the matrix that is inverted. */
  readonly numRows: number;
  readonly reserved: ReturnType<typeof reserve>;
}

function prepare(shape: Shape): Work {
  const { left, right, form, numItems, width } = shape;
  const reserved = reserve(shape);
  const { arrays } = reserved;
  place(left, arrays.leftOffsets, arrays.leftColumns, arrays.leftValues);
  place(right, arrays.rightOffsets, arrays.rightColumns, arrays.rightValues);
  writeSettings(arrays.settings, EASE_SETTINGS, {
    ...arrays,
    numLeft: left.numRows,
    numItems,
    stride: paddedSide(left.numRows) * Float32Array.BYTES_PER_ELEMENT,
    keptWidth: width,
  });
  return { form, numItems, width, numRows: left.numRows, reserved };
}

function reserve({ left, right, form, numItems, width, threads }: Shape) {
  const dual = form === 'dual';
  const side = paddedSide(left.numRows);
  const entries = left.columns.length;
  return reserveMemory('ease', {
    settings: settingsLength(EASE_SETTINGS),
    ...eliminationLayout(left.numRows),
    threadPlaces: ['Int32Array', 1],
    scratch: ['Float32Array', dual ? threads * TOGETHER * (2 * side + numItems) : 0],
    leftOffsets: ['Int32Array', left.numRows + 1],
    leftColumns: ['Int32Array', entries],
    leftValues: ['Float32Array', entries],
    rightOffsets: ['Int32Array', right.numRows + 1],
    rightColumns: ['Int32Array', entries],
    rightValues: ['Float32Array', entries],
    explained: ['Float64Array', dual ? numItems : 0],
    scales: ['Float32Array', paddedSide(numItems)],
    keptPlaces: ['Int32Array', numItems * width],
    keptWeights: ['Float32Array', numItems * width],
  });
}

/** Inverts the matrix, and keeps the strongest weights. */
function solve(
  kernel: Kernel,
  { form, numItems: n, width, numRows, reserved }: Work,
  chosen: EASEItems,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const { l2 } = options;
  const { arrays } = reserved;
  const { counter, matrix, threadPlaces, explained, scales, keptPlaces, keptWeights } = arrays;
  const side = paddedSide(numRows);
  const crew = startThreads(kernel, reserved, context.threads ?? 1);
  const run = (name: string): void => {
    counter[0] = 0;
    threadPlaces[0] = 0;
    crew.run(name, arrays.settings.byteOffset);
  };
  try {
    run('addProduct');
    for (let row = 0; row < side; row++) matrix[row * side + row] += row < numRows ? l2 : 1;
    if (!eliminate(crew, arrays, numRows, true)) throw notFinite(l2);

    const diagonal = new Float64Array(n);
    if (form === 'dual') {
      run('dualDiagonal');
      diagonal.set(explained.map((share) => (1 - share) / l2));
      diagonal.forEach((value, item) => (scales[item] = 1 / (l2 * value)));
      run('dualRows');
    } else {
      diagonal.forEach((_, item) => (diagonal[item] = matrix[item * side + item]));
      diagonal.forEach((value, item) => (scales[item] = -1 / value));
      run('primalRows');
    }
    const loss = totalLoss(diagonal, l2) / chosen.numInteractions;
    finishEpoch('ease', context, { epoch: 1, epochs: 1, loss });
    return servedWeights(chosen, { numItems: n, width, items: keptPlaces, weights: keptWeights }, options);
  } finally {
    crew.end();
  }
}

function place(rows: SparseRows, offsets: Int32Array, columns: Int32Array, values: Float32Array): void {
  offsets.set(rows.offsets);
  columns.set(rows.columns);
  values.set(rows.values);
}
