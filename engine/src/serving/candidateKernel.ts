import { reserveMemory } from '../kernels/kernelMemory.ts';
import { loadKernel } from '../kernels/loadKernel.ts';
import type { Kernel } from '../kernels/loadKernel.ts';
import { wasm } from '../kernels/webAssembly.ts';
import type { SparseItemMatrix } from '../sparseItemMatrix.ts';
import { TREND_RATIO_DAMPING } from '../trend.ts';
import type { Candidates } from '../topK.ts';
import { matrixOf, oddsOf, popularityScores } from './features.ts';
import type { ExplainedPart } from './explainCandidate.ts';
import { MAX_HISTORY, weightsFor } from './foldIn.ts';
import type { FoldedUser } from './foldIn.ts';
import { RETRIEVAL_FEATURES } from './servedModel.ts';
import type { RecommenderModel, RetrievalFeature } from './servedModel.ts';

/** A feature of every item, where the kernel holds it until the next question. */
export interface KernelFeature {
  readonly feature: RetrievalFeature;
  /** [numItems] a view */
  readonly scores: Float32Array;
  readonly mean: number;
  readonly deviation: number;
}

/** One addend of a blend: scale · (score − mean). */
export interface BlendPart {
  readonly scores: Float32Array;
  readonly scale: number;
  readonly mean: number;
}

/** A model's parts in one memory, and the loops of retrieval and explanation over them. Not to be shared between threads. */
export interface CandidateKernel {
  /** The features asked for, as far as the model can compute them; the views hold until the next call. */
  features(user: FoldedUser, wanted: readonly RetrievalFeature[]): KernelFeature[];
  /** The k best eligible items by the sum of the parts, whose scores must be views from {@link features}. */
  best(parts: readonly BlendPart[], k: number, eligible: Uint8Array | undefined): Candidates;
  /** As `historyEntries`; what a factor of 0 would make nothing of is not computed. */
  entries(
    user: FoldedUser,
    candidateItems: Int32Array,
    { matrix, factors }: ExplainedPart,
    shown: Int32Array,
  ): Float32Array;
}

/** Items that are explained in one pass over the history. */
const MOST_SHOWN = 32;
/** Of a blend's addend in the kernel's memory: scale, mean, address. */
const PART_BYTES = 24;
const MATRICES = ['ease', 'coVisitation', 'transitions'] as const;
/** What the memory is made from; the same parts with other settings share it. */
const PARTS = ['item2vec', 'implicitALS', ...MATRICES, 'trend', 'popularity'] as const;

type ModelParts = Pick<RecommenderModel, (typeof PARTS)[number]>;

const kernels = new WeakMap<RecommenderModel['item2vec'], { parts: ModelParts; made: CandidateKernel }>();

/**
 * The kernel of a model, made when first asked for and kept as long as the model's parts are; null where
 * `engine/kernels/candidates.ts` was not built.
 * @throws EngineMemoryError when its copy of the model does not fit
 */
export function candidateKernel(model: RecommenderModel): CandidateKernel | null {
  const known = kernels.get(model.item2vec);
  if (known && PARTS.every((part) => known.parts[part] === model[part])) return known.made;
  const kernel = loadKernel('candidates');
  if (!kernel || model.numItems === 0) return null;
  const made = makeKernel(kernel, model);
  kernels.set(model.item2vec, { parts: model, made });
  return made;
}

function makeKernel(kernel: Kernel, model: RecommenderModel): CandidateKernel {
  const { numItems, item2vec, implicitALS, trend, popularity } = model;
  const rows = roundUp(numItems, 4);
  const width = roundUp(item2vec.dim, 8);
  const alsWidth = roundUp(implicitALS?.dim ?? 0, 8);
  const entriesOf = (name: (typeof MATRICES)[number]): number => model[name]?.items.length ?? 0;
  const { memory, arrays } = reserveMemory('candidates', {
    outVectors: ['Float32Array', rows * width],
    inVectors: ['Float32Array', rows * width],
    alsVectors: ['Float32Array', rows * alsWidth],
    offsets: ['Uint32Array', MATRICES.length * (numItems + 1)],
    columns: ['Uint32Array', MATRICES.reduce((total, name) => total + entriesOf(name), 0)],
    values: ['Float32Array', MATRICES.reduce((total, name) => total + entriesOf(name), 0)],
    trend: ['Float32Array', (trend?.numBins ?? 0) * rows],
    odds: ['Float32Array', rows],
    features: ['Float32Array', RETRIEVAL_FEATURES.length * rows],
    query: ['Float32Array', Math.max(width, alsWidth)],
    history: ['Uint32Array', MAX_HISTORY],
    weights: ['Float32Array', MAX_HISTORY],
    otherWeights: ['Float32Array', MAX_HISTORY],
    parts: ['Uint8Array', RETRIEVAL_FEATURES.length * PART_BYTES],
    eligible: ['Uint8Array', rows],
    bestItems: ['Int32Array', rows],
    bestScores: ['Float32Array', rows],
    slots: ['Uint16Array', numItems],
    sums: ['Float32Array', MAX_HISTORY],
    shown: ['Float32Array', (2 + MOST_SHOWN) * MAX_HISTORY],
    differences: ['Float32Array', MOST_SHOWN * width],
  });
  const run = new wasm.Instance(kernel.module, { env: { memory } }).exports;
  const partsView = new DataView(arrays.parts.buffer, arrays.parts.byteOffset, arrays.parts.byteLength);
  copyRows(item2vec.outVectors, item2vec.dim, arrays.outVectors, width);
  copyRows(item2vec.inVectors, item2vec.dim, arrays.inVectors, width);
  if (implicitALS) copyRows(implicitALS.itemVectors, implicitALS.dim, arrays.alsVectors, alsWidth);
  const matrices = placeMatrices();
  if (trend) transposeTrend(trend.counts, trend.numBins);
  arrays.odds.set(oddsOf(popularity));
  const sumOfOdds = run.sum(numItems, arrays.odds.byteOffset);
  const scoresOf = RETRIEVAL_FEATURES.map((_, index) =>
    arrays.features.subarray(index * rows, index * rows + numItems),
  );
  const unchanging = placePopularity();
  let held: FoldedUser | null = null;

  return { features, best, entries };

  function features(user: FoldedUser, wanted: readonly RetrievalFeature[]): KernelFeature[] {
    hold(user);
    const computed = new Set<RetrievalFeature>();
    return wanted.flatMap((feature): KernelFeature[] => {
      const isThere =
        feature === 'popularity' || computed.has(feature) || compute(user, feature, wanted, computed);
      if (!isThere) return [];
      const scores = scoresOf[RETRIEVAL_FEATURES.indexOf(feature)];
      return [{ feature, scores, ...(feature === 'popularity' ? unchanging : moments(scores)) }];
    });
  }

  function best(parts: readonly BlendPart[], k: number, eligible: Uint8Array | undefined): Candidates {
    parts.forEach(({ scores, scale, mean }, index) => {
      partsView.setFloat64(index * PART_BYTES, scale, true);
      partsView.setFloat64(index * PART_BYTES + 8, mean, true);
      partsView.setUint32(index * PART_BYTES + 16, scores.byteOffset, true);
    });
    if (eligible) arrays.eligible.set(eligible);
    else arrays.eligible.fill(1, 0, numItems);
    const { bestItems, bestScores } = arrays;
    const addresses = [arrays.eligible.byteOffset, Math.min(k, numItems), bestItems.byteOffset];
    const length = run.bestOfBlend(
      numItems,
      parts.length,
      arrays.parts.byteOffset,
      ...addresses,
      bestScores.byteOffset,
    );
    return { items: bestItems.slice(0, length), scores: bestScores.slice(0, length) };
  }

  /** Fills a feature's scores; two weightings of one matrix, both wanted, in one pass. */
  function compute(
    user: FoldedUser,
    feature: RetrievalFeature,
    wanted: readonly RetrievalFeature[],
    computed: Set<RetrievalFeature>,
  ): boolean {
    const scores = scoresOf[RETRIEVAL_FEATURES.indexOf(feature)];
    const out = scores.byteOffset;
    computed.add(feature);
    switch (feature) {
      case 'item2vec':
      case 'item2vecRecent':
        scoreDense(user[feature], arrays.outVectors, width, out);
        return true;
      case 'implicitALS':
        if (!user.implicitALS) return false;
        scoreDense(user.implicitALS, arrays.alsVectors, alsWidth, out);
        return true;
      case 'trend':
      case 'trendRatio':
        if (!trend || !user.trendBins) return false;
        scoreTrend(user.trendBins, feature, out);
        return true;
      case 'popularity':
        return true;
      default: {
        const matrix = matrixOf(model, feature);
        const placed = matrix && matrices.get(matrix);
        if (!placed) return false;
        scores.fill(0);
        arrays.weights.set(weightsFor(user, feature));
        const { history, weights, otherWeights } = arrays;
        const from = [user.items.length, history.byteOffset, weights.byteOffset] as const;
        const twin = feature === 'ease' && wanted.includes('easeRecent') ? 'easeRecent' : null;
        if (twin === null) {
          run.scoreSparse(...from, ...placed, out);
          return true;
        }
        const twinScores = scoresOf[RETRIEVAL_FEATURES.indexOf(twin)].fill(0);
        otherWeights.set(weightsFor(user, twin));
        run.scoreSparseTwice(...from, otherWeights.byteOffset, ...placed, out, twinScores.byteOffset);
        computed.add(twin);
        return true;
      }
    }
  }

  function scoreDense(vector: Float32Array, vectors: Float32Array, stride: number, out: number): void {
    const { query } = arrays;
    query.fill(0).set(vector);
    run.scoreDense(rows, query.byteOffset, vectors.byteOffset, 4 * stride, out);
  }

  function scoreTrend(bins: Float32Array, feature: 'trend' | 'trendRatio', out: number): void {
    scoresOf[RETRIEVAL_FEATURES.indexOf(feature)].fill(0);
    bins.forEach((weight, bin) => {
      if (weight > 0) run.addRow(rows, weight, arrays.trend.byteOffset + 4 * bin * rows, out);
    });
    if (feature === 'trend') {
      run.logCounts(rows, out);
      return;
    }
    const scale = sumOfOdds > 0 ? run.sum(numItems, out) / sumOfOdds : 0;
    run.logRatios(rows, out, arrays.odds.byteOffset, scale, TREND_RATIO_DAMPING);
  }

  function moments({ byteOffset }: Float32Array): Pick<KernelFeature, 'mean' | 'deviation'> {
    const mean = run.sum(numItems, byteOffset) / numItems;
    return { mean, deviation: Math.sqrt(run.squares(numItems, byteOffset, mean) / numItems) };
  }

  function entries(
    user: FoldedUser,
    candidateItems: Int32Array,
    { matrix, factors }: ExplainedPart,
    shown: Int32Array,
  ): Float32Array {
    hold(user);
    arrays.weights.set(factors);
    const count = user.items.length;
    const all = new Float32Array(shown.length * count);
    for (let start = 0; start < shown.length; start += MOST_SHOWN) {
      const batch = shown.subarray(start, start + MOST_SHOWN);
      const target = all.subarray(start * count);
      if (matrix) sparseEntries(matrix, candidateItems, batch, count, target);
      else denseEntries(candidateItems, batch, count, target);
    }
    return all;
  }

  function sparseEntries(
    matrix: SparseItemMatrix,
    candidateItems: Int32Array,
    batch: Int32Array,
    count: number,
    target: Float32Array,
  ): void {
    const placed = matrices.get(matrix);
    if (!placed) return;
    const { slots, sums, shown, history, weights } = arrays;
    for (const item of candidateItems) slots[item] = 1;
    batch.forEach((item, place) => (slots[item] = 2 + place));
    shown.fill(0, 0, (2 + batch.length) * count);
    sums.fill(0, 0, count);
    const addresses = [slots, sums, shown].map(({ byteOffset }) => byteOffset);
    run.explainSparse(count, history.byteOffset, weights.byteOffset, ...placed, ...addresses);
    for (const item of candidateItems) slots[item] = 0;
    for (const item of batch) slots[item] = 0;
    const share = 1 / Math.max(1, candidateItems.length);
    for (let place = 0; place < batch.length; place++) {
      for (let h = 0; h < count; h++) {
        target[place * count + h] = shown[(2 + place) * count + h] - share * sums[h];
      }
    }
  }

  function denseEntries(
    candidateItems: Int32Array,
    batch: Int32Array,
    count: number,
    target: Float32Array,
  ): void {
    const { outVectors, inVectors, history, differences, shown } = arrays;
    const mean = new Float64Array(width);
    for (const item of candidateItems) {
      for (let d = 0; d < width; d++) mean[d] += outVectors[item * width + d];
    }
    batch.forEach((item, place) => {
      for (let d = 0; d < width; d++) {
        differences[place * width + d] = outVectors[item * width + d] - mean[d] / candidateItems.length;
      }
    });
    const places = roundUp(batch.length, 4);
    const addresses = [inVectors.byteOffset, 4 * width, differences.byteOffset, places, shown.byteOffset];
    run.explainDense(count, history.byteOffset, ...addresses);
    for (let place = 0; place < batch.length; place++) {
      for (let h = 0; h < count; h++) target[place * count + h] = shown[h * places + place];
    }
  }

  function hold(user: FoldedUser): void {
    if (held === user) return;
    arrays.history.set(user.items);
    held = user;
  }

  /** @returns the addresses of each matrix: offsets, columns, values */
  function placeMatrices(): Map<SparseItemMatrix, readonly [number, number, number]> {
    const placed = new Map<SparseItemMatrix, readonly [number, number, number]>();
    let entry = 0;
    MATRICES.forEach((name, index) => {
      const matrix = model[name];
      if (!matrix) return;
      const offsets = arrays.offsets.subarray(index * (numItems + 1), (index + 1) * (numItems + 1));
      const columns = arrays.columns.subarray(entry);
      const values = arrays.values.subarray(entry);
      offsets.set(matrix.offsets);
      columns.set(matrix.items);
      values.set(matrix.weights);
      entry += matrix.items.length;
      placed.set(matrix, [offsets.byteOffset, columns.byteOffset, values.byteOffset]);
    });
    return placed;
  }

  function transposeTrend(counts: Float32Array, numBins: number): void {
    for (let item = 0; item < numItems; item++) {
      for (let bin = 0; bin < numBins; bin++) arrays.trend[bin * rows + item] = counts[item * numBins + bin];
    }
  }

  function placePopularity(): Pick<KernelFeature, 'mean' | 'deviation'> {
    const scores = scoresOf[RETRIEVAL_FEATURES.indexOf('popularity')];
    scores.set(popularityScores(popularity));
    return moments(scores);
  }
}

function copyRows(vectors: Float32Array, dim: number, target: Float32Array, stride: number): void {
  for (let row = 0; row * dim < vectors.length; row++) {
    target.set(vectors.subarray(row * dim, (row + 1) * dim), row * stride);
  }
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
