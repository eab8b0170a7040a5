import type { Item2Vec } from '../item2vec.ts';
import type { ItemNeighbours } from '../itemNeighbours.ts';
import type { NeuralCF } from '../neuralCF.ts';

/** A logistic map from a standardised score z to a probability, σ(slope · z + intercept). */
export interface ScoreCalibration {
  readonly slope: number;
  readonly intercept: number;
}

/** How the models are combined when they serve. */
export interface ServedSettings {
  /** `mean` weighs a history's items alike, `recency` the later ones more. */
  readonly userVector: 'mean' | 'recency';
  /** Positions over which a weight falls to 1/e; only for `recency`. */
  readonly recencyTau: number;
  /** Share of NeuralCF in the blend, 0.1 … 1; item2vec has the rest. */
  readonly neuralCFWeight: number;
  readonly calibration: {
    /** For the blend. */
    readonly ranked: ScoreCalibration;
    /** For item2vec alone, where NeuralCF does not know the user. */
    readonly retrieval: ScoreCalibration;
  };
  /** How many items retrieval hands to ranking, at most. */
  readonly numCandidates: number;
}

/** What is served: every step reads it, none changes it. */
export interface RecommenderModel {
  readonly numItems: number;
  readonly item2vec: Item2Vec;
  readonly neuralCF: NeuralCF | null;
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
}
