import type { HeldParts, RankingFeature, RetrievalFeature } from './registry.ts';

/**
 * A logistic map from a standardised score z to a probability, σ(slope · z + intercept). Below the knot z counts a twentieth: what stands
 * there is left over, and says little about what is picked.
 */
export interface ScoreCalibration {
  readonly slope: number;
  readonly intercept: number;
  /** Left out where z counts alike everywhere. */
  readonly knot?: number;
}

/** Non-negative weights of standardised features; what is not named weighs nothing. */
export type FeatureWeights<Feature extends RankingFeature = RankingFeature> = Readonly<
  Partial<Record<Feature, number>>
>;

/** The weights and limits by which the models are combined in serving. */
export interface ServedSettings {
  /** The weights of retrieval; of ranking too for users whom NeuralCF cannot score. */
  readonly retrievalWeights: FeatureWeights<RetrievalFeature>;
  /** The weights of ranking; NeuralCF has at least a tenth of the sum. */
  readonly rankingWeights: FeatureWeights;
  /** Weight of a dislike's risk against the blend: z that each unit of `dislikeRisks` takes; left out, `DISLIKE_WEIGHT`. */
  readonly dislikeWeight?: number;
  readonly calibration: {
    /** For the ranked blend. */
    readonly ranked: ScoreCalibration;
    /** For retrieval's order. */
    readonly retrieval: ScoreCalibration;
  };
  /** Items that retrieval hands to ranking, at most. */
  readonly numCandidates: number;
}

/** The recommender as it is served: every step reads it, none changes it. The fields of the parts stand in `models/<name>/part.ts`. */
export interface RecommenderModel extends HeldParts {
  readonly numItems: number;
  readonly settings: ServedSettings;
}
