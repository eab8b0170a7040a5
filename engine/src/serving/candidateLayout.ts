import { unknownKind } from '../features/feature.ts';
import type { DenseRows } from '../features/feature.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { FEATURES } from '../features/registry.ts';
import type { HeldParts } from '../features/registry.ts';
import { settingsLength } from '../kernels/settingsBlock.ts';
import { QUANTISED_FROM } from '../search/quantise.ts';
import type { Trend } from '../models/trend/index.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';
import { statisticsLength } from './denseStatistics.ts';
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
  queryCodes: 'address',
} as const;

export type PartField = keyof HeldParts;

/** The data that features are computed from, each once though several features may share it. */
export interface ModelParts {
  readonly dense: Map<PartField, DenseRows>;
  readonly matrices: Map<PartField, SparseItemMatrix>;
  readonly trends: Map<PartField, Trend>;
}

export function partsOf(model: RecommenderModel): ModelParts {
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

/** Rows of the catalogue in the kernel's memory. */
export function paddedRows(numItems: number): number {
  return roundUp(numItems, 8);
}

/** True where sixteen bits number the columns of a matrix. */
export function isNarrow(numItems: number): boolean {
  return numItems <= 2 ** 16;
}

/** True where the dense parts have codes of 8 bits, by which most items are passed over. */
export function hasCodes(numItems: number): boolean {
  return numItems >= QUANTISED_FROM;
}

/** The kernel's memory: the model, which all threads read, and each thread's own room for questions and answers. */
export function candidateLayout(model: RecommenderModel, parts: ModelParts) {
  const rows = paddedRows(model.numItems);
  const width = roundUp(model.item2vec.dim, 8);
  const widths = Array.from(parts.dense.values(), ({ dim }) => roundUp(dim, 8));
  const numEntries = sum(Array.from(parts.matrices.values(), ({ items }) => items.length));
  const dims = hasCodes(model.numItems) ? Array.from(parts.dense.values(), ({ dim }) => dim) : [];
  const codeWidths = dims.map((dim) => roundUp(dim, 16));
  const numBins = sum(Array.from(parts.trends.values(), (trend) => trend.numBins));
  return {
    common: {
      vectors: ['Float32Array', rows * sum(widths)],
      offsets: ['Uint32Array', parts.matrices.size * (model.numItems + 1)],
      columns: [isNarrow(model.numItems) ? 'Uint16Array' : 'Uint32Array', numEntries],
      values: ['Float32Array', numEntries],
      trend: ['Float32Array', rows * numBins],
      inVectors: ['Float32Array', rows * width],
      odds: ['Float32Array', rows],
      // Of item2vec's IN and OUT vectors: see Likeness.
      likenessFactors: ['Float32Array', 2 * rows],
      centres: ['Float64Array', 2 * model.item2vec.dim],
      codes: ['Int8Array', rows * sum(codeWidths)],
      codeScales: ['Float32Array', rows * dims.length],
      slacks: ['Float32Array', rows * dims.length],
      statistics: ['Float64Array', sum(dims.map(statisticsLength))],
      // Of the features that stand here from the beginning: 1, and their scores.
      isConstant: ['Uint8Array', FEATURES.length],
      constants: ['Float32Array', rows * FEATURES.filter(({ kind }) => kind === 'constant').length],
    },
    own: {
      settings: settingsLength(CANDIDATE_SETTINGS),
      query: ['Float32Array', Math.max(...widths)],
      features: ['Float32Array', rows * FEATURES.filter(({ kind }) => kind !== 'constant').length],
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
      slots: ['Int8Array', model.numItems],
      terms: ['Float32Array', MOST_SHOWN * MAX_HISTORY + 4],
      candidateItems: ['Uint32Array', rows],
      shownItems: ['Uint32Array', MOST_SHOWN],
      differences: ['Float32Array', (MOST_SHOWN + 1) * width],
      queryCodes: ['Int16Array', Math.max(0, ...codeWidths)],
    },
  } as const;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
