import { reserveMemory } from '../../kernels/kernelMemory.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { padRows } from '../../kernels/rows.ts';
import { wasm } from '../../kernels/webAssembly.ts';
import { TREND_RATIO_DAMPING } from '../../models/trend/index.ts';
import type { Candidates } from '../../search/topK.ts';
import type { SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import type { ExplainedPart } from '../explainCandidate.ts';
import { matrixOf, oddsOf, popularityScores } from '../featureScores.ts';
import { MAX_HISTORY, weightsFor } from '../foldIn.ts';
import type { FoldedUser } from '../foldIn.ts';
import { RETRIEVAL_FEATURES } from '../servedModel.ts';
import type { RecommenderModel, RetrievalFeature } from '../servedModel.ts';
import { KeptFeatures } from './featureCache.ts';

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
  /**
   * The k best eligible items by the sum of the parts.
   * @param parts their scores must be views from {@link features}
   * @param wanted such views too, whose values at the best are to be told
   */
  best(
    parts: readonly BlendPart[],
    k: number,
    eligible: Uint8Array | undefined,
    wanted: readonly Float32Array[],
  ): KernelCandidates;
  /** Of each item shown, its terms of the parts together, [shown][history]: Σ_parts factor · `historyEntries`. */
  terms(
    user: FoldedUser,
    candidateItems: Int32Array,
    parts: readonly ExplainedPart[],
    shown: Int32Array,
  ): Float32Array[];
}

interface KernelCandidates extends Candidates {
  /** Which part is largest for each, as its index; the first of equal ones. */
  readonly strongest: Uint8Array;
  /** The values wanted, one array for each. */
  readonly picked: Float32Array[];
}

/** Items that are explained in one pass over the history; their places go into a signed byte. */
const MOST_SHOWN = 32;
/** Of a blend's addend in the kernel's memory: scale, mean, address. */
const PART_BYTES = 24;
/** What selecting the best needs beside four words per item. */
const SELECT_WORDS = 2048 + 1 + 256;
/** In the features that are kept of users who come again: 39 kB each of 10,000 items. */
const KEPT_BYTES = 192 * 1024 * 1024;
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
  const rows = roundUp(numItems, 8);
  const width = roundUp(item2vec.dim, 8);
  const alsWidth = roundUp(implicitALS?.dim ?? 0, 8);
  const isNarrow = numItems <= 2 ** 16;
  const entriesOf = (name: (typeof MATRICES)[number]): number => model[name]?.items.length ?? 0;
  const { memory, arrays } = reserveMemory('candidates', {
    outVectors: ['Float32Array', rows * width],
    inVectors: ['Float32Array', rows * width],
    alsVectors: ['Float32Array', rows * alsWidth],
    offsets: ['Uint32Array', MATRICES.length * (numItems + 1)],
    columns: [
      isNarrow ? 'Uint16Array' : 'Uint32Array',
      MATRICES.reduce((total, name) => total + entriesOf(name), 0),
    ],
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
    addresses: ['Uint32Array', RETRIEVAL_FEATURES.length],
    moments: ['Float64Array', 2 * RETRIEVAL_FEATURES.length],
    pairs: ['Float32Array', 2 * rows],
    totals: ['Float32Array', rows],
    selecting: ['Uint32Array', SELECT_WORDS + 4 * rows],
    bestItems: ['Int32Array', rows],
    bestScores: ['Float32Array', rows],
    strongest: ['Uint8Array', rows],
    picked: ['Float32Array', RETRIEVAL_FEATURES.length * rows],
    slots: ['Int8Array', numItems],
    terms: ['Float32Array', MOST_SHOWN * MAX_HISTORY + 4],
    candidates: ['Uint32Array', rows],
    shownItems: ['Uint32Array', MOST_SHOWN],
    differences: ['Float32Array', (MOST_SHOWN + 1) * width],
  });
  const run = new wasm.Instance(kernel.module, { env: { memory } }).exports;
  const [addRows, addRowsTwice, explainRows] = isNarrow
    ? [run.scoreSparse16, run.scoreSparseTwice16, run.explainSparse16]
    : [run.scoreSparse, run.scoreSparseTwice, run.explainSparse];
  const partsView = new DataView(arrays.parts.buffer, arrays.parts.byteOffset, arrays.parts.byteLength);
  padRows(item2vec.outVectors, item2vec.dim, arrays.outVectors, width);
  padRows(item2vec.inVectors, item2vec.dim, arrays.inVectors, width);
  if (implicitALS) padRows(implicitALS.itemVectors, implicitALS.dim, arrays.alsVectors, alsWidth);
  const matrices = placeMatrices();
  if (trend) transposeTrend(trend.counts, trend.numBins);
  arrays.odds.set(oddsOf(popularity));
  const sumOfOdds = run.sum(numItems, arrays.odds.byteOffset);
  const scoresOf = RETRIEVAL_FEATURES.map((_, index) =>
    arrays.features.subarray(index * rows, index * rows + numItems),
  );
  ownScores('popularity').set(popularityScores(popularity));
  let held: FoldedUser | null = null;
  const kept = new KeptFeatures(KEPT_BYTES);

  return { features, best, terms };

  function features(user: FoldedUser, wanted: readonly RetrievalFeature[]): KernelFeature[] {
    hold(user);
    const known = kept.of(user);
    const computed = new Set<RetrievalFeature>(known?.keys());
    for (const [feature, { scores }] of known ?? [])
      if (wanted.includes(feature)) ownScores(feature).set(scores);
    const there = wanted.filter(
      (feature) =>
        feature === 'popularity' || computed.has(feature) || compute(user, feature, wanted, computed),
    );
    const fresh = there.filter((feature) => !known?.has(feature));
    const moments = momentsOf(fresh.map(ownScores));
    const keeps = kept.admits(user);
    return there.map((feature) => {
      const { mean, deviation } = known?.get(feature) ?? moments[fresh.indexOf(feature)];
      const one = { feature, scores: ownScores(feature), mean, deviation };
      if (keeps && feature !== 'popularity') kept.keep(user, feature, one);
      return one;
    });
  }

  function ownScores(feature: RetrievalFeature): Float32Array {
    return scoresOf[RETRIEVAL_FEATURES.indexOf(feature)];
  }

  function best(
    parts: readonly BlendPart[],
    k: number,
    eligible: Uint8Array | undefined,
    wanted: readonly Float32Array[],
  ): KernelCandidates {
    parts.forEach(({ scores, scale, mean }, index) => {
      partsView.setFloat64(index * PART_BYTES, scale, true);
      partsView.setFloat64(index * PART_BYTES + 8, mean, true);
      partsView.setUint32(index * PART_BYTES + 16, scores.byteOffset, true);
    });
    if (eligible) arrays.eligible.set(eligible);
    else arrays.eligible.fill(1, 0, numItems);
    const { totals, selecting, bestItems, bestScores, strongest, picked, addresses } = arrays;
    const blend = [parts.length, arrays.parts.byteOffset] as const;
    const n = run.bestOfBlend(
      rows,
      ...blend,
      arrays.eligible.byteOffset,
      totals.byteOffset,
      selecting.byteOffset,
      Math.min(k, numItems),
      bestItems.byteOffset,
      bestScores.byteOffset,
    );
    run.strongest(n, bestItems.byteOffset, ...blend, strongest.byteOffset);
    addresses.set(wanted.map(({ byteOffset }) => byteOffset));
    run.pick(n, bestItems.byteOffset, wanted.length, addresses.byteOffset, picked.byteOffset);
    return {
      items: bestItems.slice(0, n),
      scores: bestScores.slice(0, n),
      strongest: strongest.slice(0, n),
      picked: wanted.map((_, index) => picked.slice(index * n, (index + 1) * n)),
    };
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
        arrays.weights.set(weightsFor(user, feature));
        const { history, weights, otherWeights, pairs } = arrays;
        const from = [user.items.length, history.byteOffset, weights.byteOffset] as const;
        const twin = wanted.find((other) => !computed.has(other) && matrixOf(model, other) === matrix);
        if (!twin) {
          scores.fill(0);
          addRows(...from, ...placed, out);
          return true;
        }
        otherWeights.set(weightsFor(user, twin));
        const both = [out, ownScores(twin).byteOffset];
        addRowsTwice(...from, otherWeights.byteOffset, ...placed, pairs.byteOffset, rows, ...both);
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

  function momentsOf(scores: readonly Float32Array[]): Pick<KernelFeature, 'mean' | 'deviation'>[] {
    const { addresses, moments } = arrays;
    addresses.set(scores.map(({ byteOffset }) => byteOffset));
    run.moments(numItems, scores.length, addresses.byteOffset, moments.byteOffset);
    return scores.map(([first], index) => {
      const beyondFirst = moments[2 * index] / numItems;
      const variance = moments[2 * index + 1] / numItems - beyondFirst * beyondFirst;
      return { mean: first + beyondFirst, deviation: Math.sqrt(Math.max(0, variance)) };
    });
  }

  function terms(
    user: FoldedUser,
    candidateItems: Int32Array,
    parts: readonly ExplainedPart[],
    shown: Int32Array,
  ): Float32Array[] {
    hold(user);
    const all: Float32Array[] = [];
    for (let start = 0; start < shown.length; start += MOST_SHOWN)
      all.push(...termsOfSome(user, candidateItems, parts, shown.subarray(start, start + MOST_SHOWN)));
    return all;
  }

  function termsOfSome(
    user: FoldedUser,
    candidateItems: Int32Array,
    parts: readonly ExplainedPart[],
    shown: Int32Array,
  ): Float32Array[] {
    const { slots, history, weights, terms } = arrays;
    const count = user.items.length;
    const places = roundUp(shown.length, 4);
    terms.fill(0, 0, count * places);
    for (const item of candidateItems) slots[item] = -1;
    shown.forEach((item, place) => (slots[item] = 1 + place));
    const share = 1 / Math.max(1, candidateItems.length);
    const from = [count, history.byteOffset, weights.byteOffset] as const;
    const to = [terms.byteOffset, places] as const;
    for (const { matrix, factors } of parts) {
      weights.set(factors);
      const placed = matrix && matrices.get(matrix);
      if (placed) explainRows(...from, ...placed, slots.byteOffset, share, ...to);
      if (matrix) continue;
      const { candidates, shownItems, differences, outVectors, inVectors } = arrays;
      candidates.set(candidateItems);
      shownItems.set(shown);
      const of = [candidateItems.length, candidates.byteOffset, shown.length, shownItems.byteOffset];
      run.differencesFromMean(...of, outVectors.byteOffset, 4 * width, differences.byteOffset);
      run.explainDense(...from, inVectors.byteOffset, 4 * width, differences.byteOffset, ...to);
    }
    for (const item of candidateItems) slots[item] = 0;
    for (const item of shown) slots[item] = 0;
    return Array.from(shown, (_, place) => {
      const ofItem = new Float32Array(count);
      for (let h = 0; h < count; h++) ofItem[h] = terms[h * places + place];
      return ofItem;
    });
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
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
