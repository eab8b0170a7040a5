import type { RecommenderModel } from '../features/recommenderModel.ts';
import { FEATURES } from '../features/registry.ts';
import { reserveThreadedMemory, threadArrays } from '../kernels/kernelMemory.ts';
import type { KernelArrays } from '../kernels/kernelMemory.ts';
import type { Kernel } from '../kernels/loadKernel.ts';
import { padRows } from '../kernels/rows.ts';
import { writeSettings } from '../kernels/settingsBlock.ts';
import { wasm } from '../kernels/webAssembly.ts';
import type { WasmMemory } from '../kernels/webAssembly.ts';
import { oddsOf } from '../models/popularity/index.ts';
import { stridesOf } from '../models/trend/index.ts';
import type { Trend } from '../models/trend/index.ts';
import { quantiseRows } from '../search/quantise.ts';
import {
  CANDIDATE_SETTINGS,
  candidateLayout,
  hasCodes,
  isNarrow,
  paddedRows,
  partsOf,
  roundUp,
} from './candidateLayout.ts';
import type { ModelParts, PartField } from './candidateLayout.ts';
import { measureRows, statisticsIn, statisticsLength } from './denseStatistics.ts';
import type { DenseStatistics } from './denseStatistics.ts';
import { likenessOf } from './likeness.ts';

/** The bytes of one row, and where the first one lies. */
export interface PlacedRows {
  readonly address: number;
  readonly rowBytes: number;
}

/** Addresses of a matrix's offsets, columns and values. */
export type PlacedMatrix = readonly [number, number, number];

/** Addresses of a trend's bins, each [rows]. */
export type PlacedTrend = readonly number[];

/** A model's parts where the kernel works on them, by their names, with room for one thread's answers. */
export type CandidateMemory = ReturnType<typeof openCandidateMemory>;

/**
 * Copies a model into memory that so many threads can work on at once.
 * @throws EngineMemoryError when the copy does not fit
 */
export function placeModel(model: RecommenderModel, threads: number): WasmMemory {
  const parts = partsOf(model);
  const layout = candidateLayout(model, parts);
  const memory = reserveThreadedMemory('candidates', layout, threads);
  const arrays: CommonArrays = threadArrays(memory, layout, 0);
  const { dense, codes, matrices, trends } = placesOf(model, parts, arrays);
  const { dim, inVectors } = model.item2vec;
  padRows(inVectors, dim, arrays.inVectors, roundUp(dim, 8));
  arrays.odds.set(oddsOf(model.popularity));
  for (const [field, { vectors, dim: width }] of parts.dense) {
    const to = dense.get(field);
    if (to) padRows(vectors, width, to, roundUp(width, 8));
    const coded = codes.get(field);
    if (!coded) continue;
    coded.statistics.largestNorm[0] = quantiseRows(vectors, width, roundUp(width, 16), coded);
    measureRows(vectors, width, coded.statistics);
  }
  for (const [field, matrix] of parts.matrices) {
    const to = matrices.get(field);
    to?.offsets.set(matrix.offsets);
    to?.columns.set(matrix.items);
    to?.values.set(matrix.weights);
  }
  for (const [field, trend] of parts.trends) {
    const to = trends.get(field);
    if (to) transpose(trend, to, paddedRows(model.numItems));
  }
  likenessOf(model).forEach(({ factors, centre }, side) => {
    arrays.likenessFactors.set(factors, side * paddedRows(model.numItems));
    arrays.centres.set(centre, side * centre.length);
  });
  const scores = scoresOf(model, arrays);
  FEATURES.forEach((feature, index) => {
    const constant = feature.kind === 'constant' ? feature.scores(model) : null;
    if (!constant) return;
    scores[index].set(constant);
    arrays.isConstant[index] = 1;
  });
  return memory;
}

/**
 * The parts of a model that lie in a memory of {@link placeModel} in a form that they can be read in there: for each array, or
 * part, of the model the one that takes its place.
 */
export function placedInstead(model: RecommenderModel, memory: WasmMemory): Map<object, object> {
  const { numItems, item2vec } = model;
  const parts = partsOf(model);
  const arrays = threadArrays(memory, candidateLayout(model, parts), 0);
  const { dense, matrices, trends } = placesOf(model, parts, arrays);
  const instead = new Map<object, object>();
  const addRows = (vectors: Float32Array, dim: number, placed: Float32Array | undefined): void => {
    // Rows of other lengths are filled up there.
    if (placed && dim % 8 === 0) instead.set(vectors, placed.subarray(0, numItems * dim));
  };
  addRows(item2vec.inVectors, item2vec.dim, arrays.inVectors);
  for (const [field, { vectors, dim }] of parts.dense) addRows(vectors, dim, dense.get(field));
  for (const [field, matrix] of parts.matrices) {
    const placed = matrices.get(field);
    if (!placed) continue;
    instead.set(matrix.offsets, asInt32(placed.offsets));
    instead.set(matrix.items, asInt32(placed.columns));
    instead.set(matrix.weights, placed.values);
  }
  const strides = { item: 1, bin: paddedRows(numItems) };
  for (const [field, trend] of parts.trends) {
    const placed = trends.get(field);
    if (placed) instead.set(trend, { ...trend, counts: placed, strides } satisfies Trend);
  }
  return instead;
}

function asInt32(numbers: Uint16Array | Uint32Array): Uint16Array | Int32Array {
  if (numbers instanceof Uint16Array) return numbers;
  return new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
}

/**
 * Opens a memory of {@link placeModel} for one thread; at a time no other may have the same number.
 * @param model the one that was placed, or one of the same sizes
 */
export function openCandidateMemory(
  kernel: Kernel,
  model: RecommenderModel,
  memory: WasmMemory,
  thread: number,
) {
  const { numItems } = model;
  const parts = partsOf(model);
  const arrays = threadArrays(memory, candidateLayout(model, parts), thread);
  const run = new wasm.Instance(kernel.module, { env: { memory } }).exports;
  // A thread that ended in the middle of its work may have left some behind.
  arrays.slots.fill(0);
  writeSettings(arrays.settings, CANDIDATE_SETTINGS, { ...arrays, numRows: paddedRows(numItems) });
  run.configure(arrays.settings.byteOffset);
  const { dense, codes, matrices, trends } = placesOf(model, parts, arrays);
  return {
    numItems,
    isNarrow: isNarrow(numItems),
    arrays,
    run,
    dense: mapValues(dense, ({ byteOffset }, field): PlacedRows => {
      return { address: byteOffset, rowBytes: 4 * roundUp(parts.dense.get(field)?.dim ?? 0, 8) };
    }),
    /** Empty where the catalogue is small. */
    codes,
    matrices: mapValues(matrices, ({ offsets, columns, values }): PlacedMatrix => {
      return [offsets.byteOffset, columns.byteOffset, values.byteOffset];
    }),
    trends: mapValues(trends, ({ byteOffset }, field): PlacedTrend => {
      const { numBins } = parts.trends.get(field) ?? { numBins: 0 };
      return Array.from({ length: numBins }, (_, bin) => byteOffset + 4 * bin * paddedRows(numItems));
    }),
    /** Item2vec's, by which it is explained. */
    inVectors: { address: arrays.inVectors.byteOffset, rowBytes: 4 * roundUp(model.item2vec.dim, 8) },
    /** [numItems] of each feature, in the order of {@link FEATURES}. */
    scores: scoresOf(model, arrays),
  };
}

type Layout = ReturnType<typeof candidateLayout>;
type CommonArrays = KernelArrays<Layout['common']> & Pick<KernelArrays<Layout['own']>, 'features'>;

/** The codes of a dense part's rows; see `quantiseRows`. */
export interface PlacedCodes {
  readonly codes: Int8Array;
  readonly scales: Float32Array;
  readonly slacks: Float32Array;
  readonly statistics: DenseStatistics;
}

/** A matrix's arrays in the kernel's memory, from its first entry on. */
interface MatrixArrays {
  readonly offsets: Uint32Array;
  readonly columns: Uint16Array | Uint32Array;
  readonly values: Float32Array;
}

/** Places bins one behind the other: the kernel adds up whole bins. */
function transpose(trend: Trend, to: Float32Array, rows: number): void {
  const { numItems, numBins, counts } = trend;
  const strides = stridesOf(trend);
  for (let item = 0; item < numItems; item++) {
    for (let bin = 0; bin < numBins; bin++) {
      to[bin * rows + item] = counts[item * strides.item + bin * strides.bin];
    }
  }
}

/** Places the parts one behind the other. */
function placesOf(model: RecommenderModel, parts: ModelParts, arrays: CommonArrays) {
  const rows = paddedRows(model.numItems);
  const dense = new Map<PartField, Float32Array>();
  let at = 0;
  for (const [field, { dim }] of parts.dense) {
    dense.set(field, arrays.vectors.subarray(at, (at += rows * roundUp(dim, 8))));
  }
  const codes = hasCodes(model.numItems) ? codesOf(parts, arrays, rows) : new Map<PartField, PlacedCodes>();
  const matrices = new Map<PartField, MatrixArrays>();
  let row = 0;
  let entry = 0;
  for (const [field, { offsets, items }] of parts.matrices) {
    matrices.set(field, {
      offsets: arrays.offsets.subarray(row, (row += offsets.length)),
      columns: arrays.columns.subarray(entry, entry + items.length),
      values: arrays.values.subarray(entry, (entry += items.length)),
    });
  }
  const trends = new Map<PartField, Float32Array>();
  let bin = 0;
  for (const [field, { numBins }] of parts.trends) {
    trends.set(field, arrays.trend.subarray(bin * rows, (bin += numBins) * rows));
  }
  return { dense, codes, matrices, trends };
}

function codesOf({ dense }: ModelParts, arrays: CommonArrays, rows: number): Map<PartField, PlacedCodes> {
  const placed = new Map<PartField, PlacedCodes>();
  let code = 0;
  let row = 0;
  let number = 0;
  for (const [field, { dim }] of dense) {
    const statistics = arrays.statistics.subarray(number, (number += statisticsLength(dim)));
    placed.set(field, {
      codes: arrays.codes.subarray(code, (code += rows * roundUp(dim, 16))),
      scales: arrays.codeScales.subarray(row, row + rows),
      slacks: arrays.slacks.subarray(row, (row += rows)),
      statistics: statisticsIn(statistics, dim),
    });
  }
  return placed;
}

function scoresOf({ numItems }: RecommenderModel, { constants, features }: CommonArrays): Float32Array[] {
  const rows = paddedRows(numItems);
  let constant = 0;
  let other = 0;
  return FEATURES.map(({ kind }) => {
    const start = rows * (kind === 'constant' ? constant++ : other++);
    return (kind === 'constant' ? constants : features).subarray(start, start + numItems);
  });
}

function mapValues<Key, From, To>(
  map: ReadonlyMap<Key, From>,
  to: (value: From, key: Key) => To,
): Map<Key, To> {
  return new Map(Array.from(map, ([key, value]) => [key, to(value, key)]));
}
