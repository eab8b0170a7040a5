import { reserveMemory } from '../kernels/kernelMemory.ts';
import { loadKernel } from '../kernels/loadKernel.ts';
import type { Kernel } from '../kernels/loadKernel.ts';
import { padRows } from '../kernels/rows.ts';
import { settingsLength, writeSettings } from '../kernels/settingsBlock.ts';
import { wasm } from '../kernels/webAssembly.ts';
import { areBoundsSound, QUANTISED_FROM, quantiseQuery, quantiseRows } from './quantise.ts';
import { checkShapes, innerProducts, topK } from './topK.ts';
import type { Candidates } from './topK.ts';

/** The settings of `engine/kernels/topK.ts`. */
export const TOP_K_SETTINGS = {
  numItems: 'u32',
  vectors: 'address',
  rowBytes: 'u32',
  codes: 'address',
  codeBytes: 'u32',
  scales: 'address',
  slacks: 'address',
  query: 'address',
  queryCodes: 'address',
  eligible: 'address',
  heapItems: 'address',
  heapScores: 'address',
} as const;

export interface ExactIndexOptions {
  /** Compares codes of 8 bits first, for the same answers; by default above {@link QUANTISED_FROM} rows. */
  readonly quantised?: boolean;
}

/** Vectors held ready for {@link topK}, with the same answers to the last bit. Not to be shared between threads. */
export interface ExactIndex {
  readonly numItems: number;
  readonly dim: number;
  /** True if queries compare codes of 8 bits first. */
  readonly quantised: boolean;
  /** As {@link topK} over the index's vectors; the arrays returned are the caller's. */
  topK(query: Float32Array, k: number, eligible?: Uint8Array): Candidates;
  /** Every item's score, [numItems]: the inner products that {@link topK} compares. */
  scores(query: Float32Array): Float32Array;
}

/** Rows a call of the kernel looks at: short calls, so that V8 can exchange slow first code for fast code. */
const ROWS_PER_CALL = 8192;

/**
 * Copies vectors into an index; without the kernel (not built) the index is {@link topK} itself.
 *
 * Quantised, each row also has 8-bit codes with a scale of its own, and an upper bound on what codes can be wrong by:
 * a query computes all code scores, and the exact score only where code score + bound beats the k-th best exact score
 * so far. What is left out provably does not belong to the answer, however skewed the norms. Codes cost a quarter of the
 * vectors' memory.
 * @param vectors [numItems × dim] row-major; later changes do not reach the index
 * @throws RangeError when the vectors are not whole rows.
 * @throws EngineMemoryError when they do not fit beside what is there.
 */
export function exactIndex(
  vectors: Float32Array,
  dim: number,
  { quantised = vectors.length / dim >= QUANTISED_FROM }: ExactIndexOptions = {},
): ExactIndex {
  const numItems = vectors.length / dim;
  if (!Number.isInteger(numItems)) {
    throw new RangeError(`exactIndex: ${vectors.length} numbers in rows of ${dim}`);
  }
  const kernel = numItems > 0 ? loadKernel('topK') : null;
  if (kernel) return kernelIndex(kernel, vectors, dim, quantised);
  return {
    numItems,
    dim,
    quantised: false,
    topK: (query, k, eligible) => topK(query, vectors, dim, k, eligible),
    scores: (query) => innerProducts(query, vectors, dim),
  };
}

const indices = new WeakMap<Float32Array, ExactIndex>();

/**
 * The index of a model's vectors, built at the first call and cached as long as the array lives: the vectors must not
 * change afterwards. Not quantised, so that it serves {@link ExactIndex.scores} without more memory than the vectors'.
 */
export function indexOfModel(vectors: Float32Array, dim: number): ExactIndex {
  let index = indices.get(vectors);
  if (index?.dim !== dim) {
    index = exactIndex(vectors, dim, { quantised: false });
    indices.set(vectors, index);
  }
  return index;
}

function kernelIndex(kernel: Kernel, vectors: Float32Array, dim: number, quantised: boolean): ExactIndex {
  const numItems = vectors.length / dim;
  const numRows = roundUp(numItems, 4);
  const stride = roundUp(dim, 8);
  const codeStride = quantised ? roundUp(dim, 16) : 0;
  const { memory, arrays } = reserveMemory('exactIndex', {
    settings: settingsLength(TOP_K_SETTINGS),
    query: ['Float32Array', stride],
    queryCodes: ['Int16Array', codeStride],
    eligible: ['Uint8Array', numItems],
    heapItems: ['Int32Array', numItems],
    heapScores: ['Float32Array', numRows],
    vectors: ['Float32Array', numRows * stride],
    codes: ['Int8Array', numRows * codeStride],
    scales: ['Float32Array', quantised ? numRows : 0],
    slacks: ['Float32Array', quantised ? numRows : 0],
  });
  padRows(vectors, dim, arrays.vectors, stride);
  const largestNorm = quantised ? quantiseRows(vectors, dim, codeStride, arrays) : 0;
  writeSettings(arrays.settings, TOP_K_SETTINGS, {
    ...arrays,
    numItems,
    rowBytes: 4 * stride,
    codeBytes: codeStride,
  });
  const { configure, begin, scan, scanCodes, scoreRows, drain } = new wasm.Instance(kernel.module, {
    env: { memory },
  }).exports;
  configure(arrays.settings.byteOffset);

  return {
    numItems,
    dim,
    quantised,
    topK(query, k, eligible) {
      checkShapes(query, dim, numItems, eligible);
      arrays.query.set(query);
      if (eligible) arrays.eligible.set(eligible);
      begin(Math.max(0, Math.min(k, numItems)), Number(eligible !== undefined));
      const norm = Math.hypot(...query);
      if (quantised && areBoundsSound(norm * largestNorm)) {
        const scale = quantiseQuery(query, arrays.queryCodes);
        forRowRanges(numRows, (start, end) => scanCodes(start, end, scale, norm));
      } else {
        forRowRanges(numRows, scan);
      }
      const length = drain();
      return { items: arrays.heapItems.slice(0, length), scores: arrays.heapScores.slice(0, length) };
    },
    scores(query) {
      checkShapes(query, dim, numItems, undefined);
      arrays.query.set(query);
      forRowRanges(numRows, scoreRows);
      return arrays.heapScores.slice(0, numItems);
    },
  };
}

function forRowRanges(numRows: number, scanRows: (start: number, end: number) => void): void {
  for (let start = 0; start < numRows; start += ROWS_PER_CALL) {
    scanRows(start, Math.min(start + ROWS_PER_CALL, numRows));
  }
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
