import { unknownKind } from '../features/feature.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { FEATURE, FEATURES } from '../features/registry.ts';
import type { RetrievalFeature, ServedFeature } from '../features/registry.ts';
import { TREND_RATIO_DAMPING } from '../models/trend/index.ts';
import { areBoundsSound, quantiseQuery } from '../search/quantise.ts';
import { roundUp } from './candidateLayout.ts';
import { momentsOfProducts } from './denseStatistics.ts';
import { foldedHistoryOf, queryOf, weightsFor } from './foldIn.ts';
import type { FoldedUser } from './foldIn.ts';
import type { CandidateMemory, PlacedMatrix, PlacedRows, PlacedTrend } from './candidateMemory.ts';

type FeatureOf<Kind extends ServedFeature['kind']> = Extract<ServedFeature, { kind: Kind }>;

/** Scores of a dense feature that were computed from codes, with the moments of the exact ones. */
export interface CodedScores {
  readonly mean: number;
  readonly deviation: number;
  readonly vector: Float32Array;
  readonly rows: PlacedRows;
  /** A score is off by at most its row's slack times this. */
  readonly norm: number;
  /** Address of the slacks, [rows]. */
  readonly slacks: number;
}

/** Computes features of all items where the kernel holds them, for the user whose history is there. */
export class FeatureScorer {
  readonly #memory: CandidateMemory;
  readonly #model: RecommenderModel;
  readonly #scoresOf: ReadonlyMap<RetrievalFeature, Float32Array>;
  /** The features that stand in memory from the beginning. */
  readonly #constants = new Set<RetrievalFeature>();
  readonly #sumOfOdds: number;

  constructor(memory: CandidateMemory, model: RecommenderModel) {
    this.#memory = memory;
    this.#model = model;
    this.#scoresOf = new Map(FEATURES.map(({ name }, index) => [name, memory.scores[index]]));
    this.#sumOfOdds = memory.run.sum(memory.numItems, memory.arrays.odds.byteOffset);
    FEATURES.forEach(({ name }, index) => {
      if (memory.arrays.isConstant[index] === 1) this.#constants.add(name);
    });
  }

  /** A feature's scores, [numItems]: a view of what was computed last. */
  scoresOf(name: RetrievalFeature): Float32Array {
    return this.#scoresOf.get(name) ?? this.#memory.scores[0];
  }

  /**
   * Fills a feature's scores, and those of a wanted one over the same matrix, both in one pass.
   * @param computed the features computed so far; those filled here are added
   * @returns false where the model has no part that computes it
   */
  compute(
    user: FoldedUser,
    name: RetrievalFeature,
    wanted: readonly RetrievalFeature[],
    computed: Set<RetrievalFeature>,
  ): boolean {
    const feature = FEATURE[name];
    const { dense, matrices, trends } = this.#memory;
    computed.add(name);
    switch (feature.kind) {
      case 'dense':
        return this.#scoreDense(user, feature, dense.get(feature.part));
      case 'sparse':
        return this.#scoreSparse(user, feature, matrices.get(feature.part), wanted, computed);
      case 'trend':
        return this.#scoreTrend(user, feature, trends.get(feature.part));
      case 'constant':
        return this.#constants.has(name);
      case 'computed':
        return this.#copyComputed(user, feature);
      default:
        return unknownKind(feature);
    }
  }

  /**
   * Fills a dense feature's scores from codes: about right, and by how much they may be off.
   * @returns null where there are no codes, or bounds would not hold
   */
  computeFromCodes(user: FoldedUser, name: RetrievalFeature): CodedScores | null {
    const feature = FEATURE[name];
    if (feature.kind !== 'dense') return null;
    const { arrays, run, dense, codes } = this.#memory;
    const rows = dense.get(feature.part);
    const coded = codes.get(feature.part);
    const vector = queryOf(user, feature);
    if (!rows || !coded || !vector) return null;
    const norm = Math.hypot(...vector);
    if (!areBoundsSound(norm * coded.statistics.largestNorm[0])) return null;
    arrays.queryCodes.fill(0);
    const scale = quantiseQuery(vector, arrays.queryCodes);
    const { byteOffset } = this.scoresOf(name);
    const codeBytes = roundUp(vector.length, 16);
    run.scoreCodes(coded.codes.byteOffset, codeBytes, coded.scales.byteOffset, scale, byteOffset);
    const moments = momentsOfProducts(vector, coded.statistics);
    return { ...moments, vector, rows, norm, slacks: coded.slacks.byteOffset };
  }

  /** Puts the exact scores of the kernel's first `count` candidate items in the place of those from codes. */
  scoreCandidates(name: RetrievalFeature, { vector, rows }: CodedScores, count: number): void {
    const { arrays, run } = this.#memory;
    arrays.query.fill(0).set(vector);
    run.scoreSome(count, rows.address, rows.rowBytes, this.scoresOf(name).byteOffset);
  }

  #scoreDense(user: FoldedUser, feature: FeatureOf<'dense'>, placed: PlacedRows | undefined): boolean {
    const vector = queryOf(user, feature);
    if (!placed || !vector) return false;
    const { arrays, run } = this.#memory;
    arrays.query.fill(0).set(vector);
    run.scoreDense(placed.address, placed.rowBytes, this.scoresOf(feature.name).byteOffset);
    return true;
  }

  #scoreSparse(
    user: FoldedUser,
    { name, part }: FeatureOf<'sparse'>,
    placed: PlacedMatrix | undefined,
    wanted: readonly RetrievalFeature[],
    computed: Set<RetrievalFeature>,
  ): boolean {
    if (!placed) return false;
    const { arrays, run, isNarrow } = this.#memory;
    const scores = this.scoresOf(name);
    arrays.weights.set(weightsFor(user, name));
    const twin = wanted.find((other) => !computed.has(other) && isOverMatrix(FEATURE[other], part));
    if (!twin) {
      scores.fill(0);
      (isNarrow ? run.scoreSparse16 : run.scoreSparse)(user.items.length, ...placed, scores.byteOffset);
      return true;
    }
    arrays.otherWeights.set(weightsFor(user, twin));
    const addTwice = isNarrow ? run.scoreSparseTwice16 : run.scoreSparseTwice;
    addTwice(user.items.length, ...placed, scores.byteOffset, this.scoresOf(twin).byteOffset);
    computed.add(twin);
    return true;
  }

  #copyComputed(user: FoldedUser, feature: FeatureOf<'computed'>): boolean {
    const scores = feature.scores(this.#model, foldedHistoryOf(user));
    if (!scores) return false;
    this.scoresOf(feature.name).set(scores);
    return true;
  }

  #scoreTrend(
    { trendBins }: FoldedUser,
    { name, isRatio }: FeatureOf<'trend'>,
    placed: PlacedTrend | undefined,
  ): boolean {
    if (!placed || !trendBins) return false;
    const { run, numItems } = this.#memory;
    const scores = this.scoresOf(name);
    const out = scores.byteOffset;
    scores.fill(0);
    trendBins.forEach((weight, bin) => {
      if (weight > 0) run.addRow(weight, placed[bin], out);
    });
    if (!isRatio) {
      run.logCounts(out);
      return true;
    }
    const scale = this.#sumOfOdds > 0 ? run.sum(numItems, out) / this.#sumOfOdds : 0;
    run.logRatios(out, scale, TREND_RATIO_DAMPING);
    return true;
  }
}

function isOverMatrix(feature: ServedFeature, part: ServedFeature['part']): boolean {
  return feature.kind === 'sparse' && feature.part === part;
}
