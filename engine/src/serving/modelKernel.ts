import type { RecommenderModel } from '../features/recommenderModel.ts';
import { FEATURE, FEATURES } from '../features/registry.ts';
import type { RetrievalFeature } from '../features/registry.ts';
import type { Candidates } from '../search/topK.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';
import type { ExplainedPart } from './explainCandidate.ts';
import type { FoldedUser } from './foldIn.ts';
import { MOST_SHOWN, PART_BYTES, roundUp } from './candidateLayout.ts';
import type { CandidateMemory, PlacedMatrix } from './candidateMemory.ts';
import { FeatureCache } from './featureCache.ts';
import { FeatureScorer } from './featureScorer.ts';
import type { CodedScores } from './featureScorer.ts';
import type { SimilarityModel } from './likeness.ts';
import { similaritiesIn } from './similaritiesIn.ts';

/** A feature of every item, in the kernel's memory until the next call. */
export interface KernelFeature {
  readonly feature: RetrievalFeature;
  /** [numItems] a view */
  readonly scores: Float32Array;
  readonly mean: number;
  readonly deviation: number;
  /** Present where the scores are only about right: `best` makes those of the best exact. */
  readonly coded?: CodedScores;
}

/** One addend of a blend: scale · (score − mean). */
export interface BlendPart {
  readonly scores: Float32Array;
  readonly scale: number;
  readonly mean: number;
  readonly coded?: CodedScores;
}

/** Bytes that a cache holds, and those that it may hold. */
export interface CacheSize {
  readonly bytes: number;
  readonly maxBytes: number;
}

/** A model's parts in one memory, and the loops of retrieval and explanation over them. Not to be shared between threads. */
export interface CandidateKernel {
  /** Size of what is cached for users who come again. */
  readonly cache: CacheSize;
  /** The features asked for, as far as the model can compute them; the views hold until the next call. */
  features(user: FoldedUser, wanted: readonly RetrievalFeature[]): KernelFeature[];
  /** Features for {@link best}: those of vectors from codes of 8 bits where the catalogue is large. */
  featuresToBlend(user: FoldedUser, wanted: readonly RetrievalFeature[]): KernelFeature[];
  /**
   * The k best eligible items by the sum of the parts.
   * @param parts their scores must be views from {@link features} or {@link featuresToBlend}
   * @param wanted features of the same call, whose values at the best are returned
   */
  best(
    parts: readonly BlendPart[],
    k: number,
    eligible: Uint8Array | undefined,
    wanted: readonly KernelFeature[],
  ): KernelCandidates;
  /** Of each item shown, its terms of the parts together, [shown][history]: Σ_parts factor · `historyEntries`. */
  terms(
    user: FoldedUser,
    candidateItems: Int32Array,
    parts: readonly ExplainedPart[],
    shown: Int32Array,
  ): Float32Array[];
  /** True if features of a user are cached. */
  caches(user: FoldedUser): boolean;
  /** Forgets the features that are cached of a user. */
  forget(user: FoldedUser): void;
  /** The k eligible items most like one: see `similarItems`. */
  similar(model: SimilarityModel, itemIndex: number, k: number, eligible: Uint8Array | undefined): Candidates;
}

export interface KernelCandidates extends Candidates {
  /** The index of the part that is largest for each; the first of equal ones. */
  readonly strongest: Uint8Array;
  /** The values wanted, one array for each. */
  readonly picked: Float32Array[];
}

/** Works on an opened memory; see {@link CandidateKernel}. */
export class ModelKernel implements CandidateKernel {
  readonly #memory: CandidateMemory;
  readonly #scorer: FeatureScorer;
  readonly cache: FeatureCache;
  readonly #matrices: ReadonlyMap<SparseItemMatrix, PlacedMatrix>;
  readonly #parts: DataView;
  /** The user whose history is in the kernel's memory. */
  #user: FoldedUser | null = null;

  constructor(memory: CandidateMemory, model: RecommenderModel, cacheBytes: number) {
    this.#memory = memory;
    this.cache = new FeatureCache(cacheBytes);
    this.#scorer = new FeatureScorer(memory, model);
    this.#matrices = new Map(
      FEATURES.flatMap((feature) => {
        const matrix = feature.kind === 'sparse' ? feature.matrix(model) : null;
        const placed = memory.matrices.get(feature.part);
        return matrix && placed ? [[matrix, placed] as const] : [];
      }),
    );
    const { parts } = memory.arrays;
    this.#parts = new DataView(parts.buffer, parts.byteOffset, parts.byteLength);
  }

  caches(user: FoldedUser): boolean {
    return this.cache.get(user) !== undefined;
  }

  forget(user: FoldedUser): void {
    this.cache.delete(user);
    if (this.#user === user) this.#user = null;
  }

  features(user: FoldedUser, wanted: readonly RetrievalFeature[]): KernelFeature[] {
    this.#hold(user);
    const scorer = this.#scorer;
    const cached = this.cache.get(user);
    const computed = new Set<RetrievalFeature>(cached?.keys());
    for (const [name, { scores }] of cached ?? []) {
      if (wanted.includes(name)) scorer.scoresOf(name).set(scores);
    }
    const there = wanted.filter((name) => computed.has(name) || scorer.compute(user, name, wanted, computed));
    const fresh = there.filter((name) => !cached?.has(name));
    const moments = this.#momentsOf(fresh.map((name) => scorer.scoresOf(name)));
    const admits = this.cache.admits(user);
    return there.map((name) => {
      const { mean, deviation } = cached?.get(name) ?? moments[fresh.indexOf(name)];
      const one = { feature: name, scores: scorer.scoresOf(name), mean, deviation };
      if (admits && FEATURE[name].kind !== 'constant') this.cache.set(user, name, one);
      return one;
    });
  }

  featuresToBlend(user: FoldedUser, wanted: readonly RetrievalFeature[]): KernelFeature[] {
    if (this.#memory.codes.size === 0) return this.features(user, wanted);
    this.#hold(user);
    const scorer = this.#scorer;
    const coded = new Map<RetrievalFeature, CodedScores>();
    const computed = new Set<RetrievalFeature>();
    const there = wanted.filter((name) => {
      const scores = scorer.computeFromCodes(user, name);
      if (scores) coded.set(name, scores);
      return scores ?? (computed.has(name) || scorer.compute(user, name, wanted, computed));
    });
    const exact = there.filter((name) => !coded.has(name));
    const moments = this.#momentsOf(exact.map((name) => scorer.scoresOf(name)));
    return there.map((feature) => {
      const scores = scorer.scoresOf(feature);
      const known = coded.get(feature);
      return known
        ? { feature, scores, mean: known.mean, deviation: known.deviation, coded: known }
        : { feature, scores, ...moments[exact.indexOf(feature)] };
    });
  }

  best(
    parts: readonly BlendPart[],
    k: number,
    eligible: Uint8Array | undefined,
    wanted: readonly KernelFeature[],
  ): KernelCandidates {
    const { arrays, run, numItems } = this.#memory;
    this.#holdParts(parts);
    this.#holdMask(eligible);
    const most = Math.min(k, numItems);
    const isExact = wanted.every(({ coded }) => coded === undefined);
    const n = isExact ? run.bestOfBlend(parts.length, most) : this.#bestOfCoded(parts, most, wanted);
    run.strongest(n, parts.length);
    arrays.addresses.set(wanted.map(({ scores }) => scores.byteOffset));
    run.pick(n, wanted.length);
    return {
      items: arrays.bestItems.slice(0, n),
      scores: arrays.bestScores.slice(0, n),
      strongest: arrays.largest.slice(0, n),
      picked: wanted.map((_, index) => arrays.picked.slice(index * n, (index + 1) * n)),
    };
  }

  /**
   * The k best where some scores are only about right. An item can only be among them if its total, as much larger as it may
   * be, reaches the k-th largest of all totals, as much smaller as they may be: of those the scores are made exact.
   */
  #bestOfCoded(parts: readonly BlendPart[], k: number, wanted: readonly KernelFeature[]): number {
    const { arrays, run } = this.#memory;
    const rows = arrays.pairs.length / 2;
    const doubts = arrays.pairs.byteOffset;
    const sums = doubts + 4 * rows;
    run.blend(parts.length);
    arrays.pairs.fill(0, 0, rows);
    for (const { scale, coded } of parts) {
      // A millionth more than enough, against rounding of the doubts themselves.
      if (coded) run.addRow(scale * coded.norm * (1 + 1e-6), coded.slacks, doubts);
    }
    const count = run.mayBeBest(k, doubts, sums);
    for (const { feature, coded } of wanted) {
      if (coded) this.#scorer.scoreCandidates(feature, coded, count);
    }
    return run.bestOfSome(count, parts.length, k, sums);
  }

  terms(
    user: FoldedUser,
    candidateItems: Int32Array,
    parts: readonly ExplainedPart[],
    shown: Int32Array,
  ): Float32Array[] {
    this.#hold(user);
    const all: Float32Array[] = [];
    for (let start = 0; start < shown.length; start += MOST_SHOWN) {
      const some = shown.subarray(start, start + MOST_SHOWN);
      all.push(...this.#termsOfSome(user, candidateItems, parts, some));
    }
    return all;
  }

  similar(
    model: SimilarityModel,
    itemIndex: number,
    k: number,
    eligible: Uint8Array | undefined,
  ): Candidates {
    const { arrays, run, numItems } = this.#memory;
    if (k <= 0) return { items: new Int32Array(0), scores: new Float32Array(0) };
    const similarities = similaritiesIn(this.#memory, model, itemIndex);
    this.#holdParts([{ scores: similarities, scale: 1, mean: 0 }]);
    this.#holdMask(eligible);
    arrays.eligible[itemIndex] = 0;
    const n = run.bestOfBlend(1, Math.min(k, numItems));
    return { items: arrays.bestItems.slice(0, n), scores: arrays.bestScores.slice(0, n) };
  }

  #holdParts(parts: readonly BlendPart[]): void {
    parts.forEach(({ scores, scale, mean }, index) => {
      this.#parts.setFloat64(index * PART_BYTES, scale, true);
      this.#parts.setFloat64(index * PART_BYTES + 8, mean, true);
      this.#parts.setUint32(index * PART_BYTES + 16, scores.byteOffset, true);
    });
  }

  #holdMask(eligible: Uint8Array | undefined): void {
    const { arrays, numItems } = this.#memory;
    if (eligible) arrays.eligible.set(eligible);
    else arrays.eligible.fill(1, 0, numItems);
  }

  #termsOfSome(
    user: FoldedUser,
    candidateItems: Int32Array,
    parts: readonly ExplainedPart[],
    shown: Int32Array,
  ): Float32Array[] {
    const { arrays, run, isNarrow } = this.#memory;
    const { slots, weights, terms } = arrays;
    const count = user.items.length;
    const places = roundUp(shown.length, 4);
    terms.fill(0, 0, count * places);
    for (const item of candidateItems) slots[item] = -1;
    shown.forEach((item, place) => (slots[item] = 1 + place));
    const share = 1 / Math.max(1, candidateItems.length);
    const explainRows = isNarrow ? run.explainSparse16 : run.explainSparse;
    for (const { matrix, factors } of parts) {
      weights.set(factors);
      const placed = matrix && this.#matrices.get(matrix);
      if (placed) explainRows(count, ...placed, share, places);
      else if (!matrix) this.#explainItem2Vec(count, candidateItems, shown, places);
    }
    for (const item of candidateItems) slots[item] = 0;
    for (const item of shown) slots[item] = 0;
    return Array.from(shown, (_, place) => {
      const ofItem = new Float32Array(count);
      for (let h = 0; h < count; h++) ofItem[h] = terms[h * places + place];
      return ofItem;
    });
  }

  #explainItem2Vec(count: number, candidateItems: Int32Array, shown: Int32Array, places: number): void {
    const { arrays, run, inVectors, dense } = this.#memory;
    arrays.candidateItems.set(candidateItems);
    arrays.shownItems.set(shown);
    const outVectors = dense.get('item2vec');
    if (!outVectors) return;
    run.differencesFromMean(candidateItems.length, shown.length, outVectors.address, outVectors.rowBytes);
    run.explainDense(count, inVectors.address, inVectors.rowBytes, places);
  }

  #momentsOf(scores: readonly Float32Array[]): Pick<KernelFeature, 'mean' | 'deviation'>[] {
    const { arrays, run, numItems } = this.#memory;
    const { addresses, momentSums } = arrays;
    addresses.set(scores.map(({ byteOffset }) => byteOffset));
    run.moments(numItems, scores.length);
    return scores.map(([first], index) => {
      const beyondFirst = momentSums[2 * index] / numItems;
      const variance = momentSums[2 * index + 1] / numItems - beyondFirst * beyondFirst;
      return { mean: first + beyondFirst, deviation: Math.sqrt(Math.max(0, variance)) };
    });
  }

  #hold(user: FoldedUser): void {
    if (this.#user === user) return;
    this.#memory.arrays.history.set(user.items);
    this.#user = user;
  }
}
