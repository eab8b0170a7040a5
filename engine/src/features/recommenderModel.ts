import type { HeldParts, RankingFeature, RetrievalFeature } from './registry.ts';

/** A logistic map from a standardised score z to a probability, σ(slope · z + intercept). */
export interface ScoreCalibration {
  readonly slope: number;
  readonly intercept: number;
}

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

/** The recommender as it is served: every step reads it, none changes it. The fields of the parts stand in `models/<name>/part.ts`. */
export interface RecommenderModel extends HeldParts {
  readonly numItems: number;
  readonly settings: ServedSettings;
}
