import { unknownKind } from '../features/feature.ts';
import type { Feature } from '../features/feature.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { FEATURES } from '../features/registry.ts';
import type { HeldParts } from '../features/registry.ts';
import { reserveMemory } from '../kernels/kernelMemory.ts';
import type { Kernel } from '../kernels/loadKernel.ts';
import { padRows } from '../kernels/rows.ts';
import { settingsLength, writeSettings } from '../kernels/settingsBlock.ts';
import { wasm } from '../kernels/webAssembly.ts';
import { oddsOf } from '../models/popularity/index.ts';
import type { Trend } from '../models/trend/index.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';
import { MAX_HISTORY } from './foldIn.ts';

/** Items that are explained in one pass over the history; their places go into a signed byte. */
export const MOST_SHOWN = 32;
/** Bytes of a blend's addend in the kernel's memory: scale, mean, address. */
export const PART_BYTES = 24;
/** Words that selecting the best needs beside four per item. */
const SELECT_WORDS = 2048 + 1 + 256;

/** The settings of `engine/kernels/candidates.ts`. */
export const CANDIDATE_SETTINGS = {
  numRows: 'u32',
  query: 'address',
  history: 'address',
  weights: 'address',
  otherWeights: 'address',
  pairs: 'address',
  odds: 'address',
  parts: 'address',
  eligible: 'address',
  totals: 'address',
  selecting: 'address',
  bestItems: 'address',
  bestScores: 'address',
  largest: 'address',
  addresses: 'address',
  momentSums: 'address',
  picked: 'address',
  slots: 'address',
  terms: 'address',
  candidateItems: 'address',
  shownItems: 'address',
  differences: 'address',
} as const;

/** The bytes of one row, and where the first one lies. */
export interface PlacedRows {
  readonly address: number;
  readonly rowBytes: number;
}

/** Addresses of a matrix's offsets, columns and values. */
export type PlacedMatrix = readonly [number, number, number];

/** Addresses of a trend's bins, each [rows]. */
export type PlacedTrend = readonly number[];

/** A model's parts where the kernel works on them, by their names, with room for its answers. */
export type CandidateMemory = ReturnType<typeof placeModel>;

/**
 * Copies a model into memory of its own.
 * @throws EngineMemoryError when the copy does not fit
 */
export function placeModel(kernel: Kernel, model: RecommenderModel) {
  const { numItems } = model;
  const rows = roundUp(numItems, 8);
  const parts = partsOf(model);
  const isNarrow = numItems <= 2 ** 16;
  const width = roundUp(model.item2vec.dim, 8);
  const { memory, arrays } = reserveMemory('candidates', {
    settings: settingsLength(CANDIDATE_SETTINGS),
    ...partsLayout(parts, numItems, rows, isNarrow),
    inVectors: ['Float32Array', rows * width],
    odds: ['Float32Array', rows],
    features: ['Float32Array', FEATURES.length * rows],
    history: ['Uint32Array', MAX_HISTORY],
    weights: ['Float32Array', MAX_HISTORY],
    otherWeights: ['Float32Array', MAX_HISTORY],
    parts: ['Uint8Array', FEATURES.length * PART_BYTES],
    eligible: ['Uint8Array', rows],
    addresses: ['Uint32Array', FEATURES.length],
    momentSums: ['Float64Array', 2 * FEATURES.length],
    pairs: ['Float32Array', 2 * rows],
    totals: ['Float32Array', rows],
    selecting: ['Uint32Array', SELECT_WORDS + 4 * rows],
    bestItems: ['Int32Array', rows],
    bestScores: ['Float32Array', rows],
    largest: ['Uint8Array', rows],
    picked: ['Float32Array', FEATURES.length * rows],
    slots: ['Int8Array', numItems],
    terms: ['Float32Array', MOST_SHOWN * MAX_HISTORY + 4],
    candidateItems: ['Uint32Array', rows],
    shownItems: ['Uint32Array', MOST_SHOWN],
    differences: ['Float32Array', (MOST_SHOWN + 1) * width],
  });
  const run = new wasm.Instance(kernel.module, { env: { memory } }).exports;
  writeSettings(arrays.settings, CANDIDATE_SETTINGS, { ...arrays, numRows: rows });
  run.configure(arrays.settings.byteOffset);
  padRows(model.item2vec.inVectors, model.item2vec.dim, arrays.inVectors, width);
  arrays.odds.set(oddsOf(model.popularity));
  const dense = placeDense(parts, arrays.vectors, rows);
  return {
    numItems,
    isNarrow,
    arrays,
    run,
    dense,
    matrices: placeMatrices(parts, arrays),
    trends: placeTrends(parts, arrays.trend, rows),
    /** Item2vec's, by which it is explained. */
    inVectors: { address: arrays.inVectors.byteOffset, rowBytes: 4 * width },
    /** [numItems] of each feature, in the order of {@link FEATURES}. */
    scores: FEATURES.map((_, index) => arrays.features.subarray(index * rows, index * rows + numItems)),
  };
}

type PartField = keyof HeldParts;
type DenseRows = NonNullable<ReturnType<Extract<Feature<HeldParts>, { kind: 'dense' }>['rows']>>;

/** The data that features are computed from, each once though several features may share it. */
interface ModelParts {
  readonly dense: Map<PartField, DenseRows>;
  readonly matrices: Map<PartField, SparseItemMatrix>;
  readonly trends: Map<PartField, Trend>;
}

function partsOf(model: RecommenderModel): ModelParts {
  const parts: ModelParts = { dense: new Map(), matrices: new Map(), trends: new Map() };
  const add = <Part>(to: Map<PartField, Part>, field: PartField, part: Part | null): void => {
    if (part) to.set(field, part);
  };
  for (const feature of FEATURES) {
    switch (feature.kind) {
      case 'dense':
        add(parts.dense, feature.part, feature.rows(model));
        break;
      case 'sparse':
        add(parts.matrices, feature.part, feature.matrix(model));
        break;
      case 'trend':
        add(parts.trends, feature.part, feature.trend(model));
        break;
      case 'constant':
      case 'computed':
        break;
      default:
        unknownKind(feature);
    }
  }
  return parts;
}

function partsLayout(
  { dense, matrices, trends }: ModelParts,
  numItems: number,
  rows: number,
  isNarrow: boolean,
) {
  const widths = Array.from(dense.values(), ({ dim }) => roundUp(dim, 8));
  const numEntries = sum(Array.from(matrices.values(), ({ items }) => items.length));
  return {
    query: ['Float32Array', Math.max(...widths)],
    vectors: ['Float32Array', rows * sum(widths)],
    offsets: ['Uint32Array', matrices.size * (numItems + 1)],
    columns: [isNarrow ? 'Uint16Array' : 'Uint32Array', numEntries],
    values: ['Float32Array', numEntries],
    trend: ['Float32Array', rows * sum(Array.from(trends.values(), ({ numBins }) => numBins))],
  } as const;
}

function placeDense({ dense }: ModelParts, to: Float32Array, rows: number): Map<PartField, PlacedRows> {
  const placed = new Map<PartField, PlacedRows>();
  let at = 0;
  for (const [field, { vectors, dim }] of dense) {
    const width = roundUp(dim, 8);
    const part = to.subarray(at, (at += rows * width));
    padRows(vectors, dim, part, width);
    placed.set(field, { address: part.byteOffset, rowBytes: 4 * width });
  }
  return placed;
}

function placeMatrices(
  { matrices }: ModelParts,
  to: { offsets: Uint32Array; columns: Uint16Array | Uint32Array; values: Float32Array },
): Map<PartField, PlacedMatrix> {
  const placed = new Map<PartField, PlacedMatrix>();
  let row = 0;
  let entry = 0;
  for (const [field, matrix] of matrices) {
    const offsets = to.offsets.subarray(row);
    const columns = to.columns.subarray(entry);
    const values = to.values.subarray(entry);
    offsets.set(matrix.offsets);
    columns.set(matrix.items);
    values.set(matrix.weights);
    row += matrix.offsets.length;
    entry += matrix.items.length;
    placed.set(field, [offsets.byteOffset, columns.byteOffset, values.byteOffset]);
  }
  return placed;
}

/** Transposes: the kernel adds up whole bins. */
function placeTrends({ trends }: ModelParts, to: Float32Array, rows: number): Map<PartField, PlacedTrend> {
  const placed = new Map<PartField, PlacedTrend>();
  let at = 0;
  for (const [field, { numItems, numBins, counts }] of trends) {
    const bins = Array.from({ length: numBins }, (_, bin) => to.subarray(at + bin * rows));
    for (let item = 0; item < numItems; item++) {
      for (let bin = 0; bin < numBins; bin++) to[at + bin * rows + item] = counts[item * numBins + bin];
    }
    at += numBins * rows;
    placed.set(
      field,
      bins.map(({ byteOffset }) => byteOffset),
    );
  }
  return placed;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
