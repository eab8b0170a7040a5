import type { ImplicitALS } from '../models/implicitALS/index.ts';
import type { Item2Vec } from '../models/item2vec/index.ts';
import type { ItemNeighbours } from '../models/itemNeighbours/index.ts';
import type { NeuralCF } from '../models/neuralCF/index.ts';
import type { Trend } from '../models/trend/index.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';

/** A logistic map from a standardised score z to a probability, σ(slope · z + intercept). */
export interface ScoreCalibration {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * What candidates are retrieved by: each a score per item for one history.
 *
 * `Recent` and `Last` weigh the end of the history more than its beginning; see {@link RECENCY_TAU}.
 */
export const RETRIEVAL_FEATURES = [
  'item2vec',
  'item2vecRecent',
  'implicitALS',
  'ease',
  'easeRecent',
  'coVisitation',
  'coVisitationRecent',
  'transitionsRecent',
  'transitionsLast',
  'trend',
  'trendRatio',
  'popularity',
] as const;
export type RetrievalFeature = (typeof RETRIEVAL_FEATURES)[number];

/** What candidates are ranked by. */
export const RANKING_FEATURES = [...RETRIEVAL_FEATURES, 'neuralCF'] as const;
export type RankingFeature = (typeof RANKING_FEATURES)[number];

/** Positions of a history over which an entry's weight falls to 1/e; where none is given all entries weigh alike. */
export const RECENCY_TAU: Readonly<Partial<Record<RetrievalFeature, number>>> = {
  item2vecRecent: 5,
  easeRecent: 20,
  coVisitationRecent: 5,
  transitionsRecent: 5,
  transitionsLast: 1,
};

/** Non-negative weights of standardised features; what is not named weighs nothing. */
export type FeatureWeights<Feature extends RankingFeature = RankingFeature> = Readonly<
  Partial<Record<Feature, number>>
>;

/** How the models are combined when they serve. */
export interface ServedSettings {
  /** What candidates are retrieved by, and ranked by for users whom NeuralCF cannot score. */
  readonly retrievalWeights: FeatureWeights<RetrievalFeature>;
  /** What candidates are ranked by; NeuralCF has at least a tenth of the sum. */
  readonly rankingWeights: FeatureWeights;
  readonly calibration: {
    /** For the ranked blend. */
    readonly ranked: ScoreCalibration;
    /** For retrieval's order. */
    readonly retrieval: ScoreCalibration;
  };
  /** How many items retrieval hands to ranking, at most. */
  readonly numCandidates: number;
}

/** What is served: every step reads it, none changes it. Models that the data's size ruled out are null. */
export interface RecommenderModel {
  readonly numItems: number;
  readonly item2vec: Item2Vec;
  readonly implicitALS: ImplicitALS | null;
  readonly ease: SparseItemMatrix | null;
  /** Which items stand near one another in histories, in either order. */
  readonly coVisitation: SparseItemMatrix | null;
  /** Which items follow shortly after one. */
  readonly transitions: SparseItemMatrix | null;
  readonly trend: Trend | null;
  readonly neuralCF: NeuralCF | null;
  /** Takes iALS's user vectors to NeuralCF's, for users unknown at training; see fitNeuralCFFoldIn. */
  readonly neuralCFFoldIn: Float32Array | null;
  /** [numItems], see fitPopularity. */
  readonly popularity: Float32Array;
  /** Behind similar items; recommendations do without. */
  readonly neighbours: ItemNeighbours;
  readonly settings: ServedSettings;
}

/** One interaction of the user who asks; histories are oldest first. */
export interface HistoryEntry {
  readonly itemIndex: number;
  /** Stars, 0.5 … 5. */
  readonly rating: number;
  /** Unix seconds; NaN or left out where unknown. */
  readonly timestamp?: number;
}
