import type { FoldedHistory } from '../data/history.ts';
import type { Trend } from '../models/trend/index.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';

/** Sources that a candidate can be said to come from: that of the feature which speaks most for it. */
export const FEATURE_SOURCES = ['item2vec', 'collaborative', 'transition', 'popular', 'rising'] as const;
export type FeatureSource = (typeof FEATURE_SOURCES)[number];

/**
 * A score per item for one history; `kind` says how it is computed, by the reference and by the kernel alike.
 *
 * A model whose scores are of none of the other kinds is 'computed' until it has a kernel.
 */
export type Feature<Model> =
  | DenseFeature<Model>
  | SparseFeature<Model>
  | TrendFeature<Model>
  | ConstantFeature<Model>
  | ComputedFeature<Model>;

interface FeatureBase {
  readonly name: string;
  /** The field of the recommender that it is computed from. */
  readonly part: string;
  /** Positions of a history over which an entry's weight falls to 1/e; all entries weigh alike where left out. */
  readonly tau?: number;
  readonly source: FeatureSource;
  /** True for a sum over the history, whose terms are reasons. */
  readonly explains: boolean;
  /** False for a feature that no evaluation measures alone, beside the whole; true where left out. */
  readonly isEvaluatedAlone?: boolean;
}

/** Inner products of a vector, folded in from the history, with each item's. */
export type DenseFeature<Model> = FeatureBase & {
  readonly kind: 'dense';
  /** Null where the recommender was made without the part. */
  readonly rows: (model: Model) => DenseRows | null;
  /** [dim] the query. */
  readonly foldIn: (model: Model, history: FoldedHistory) => Float32Array | null;
} & (
    | { readonly explains: false }
    // Item2vec's query is a weighted mean of the history's IN vectors.
    | { readonly part: 'item2vec'; readonly explains: true }
    | {
        readonly explains: true;
        /**
         * [latest entries × dim] what each of the history's latest entries adds to the query, oldest first: an item's share of
         * an entry is the inner product of the two. Entries before these have no share. Null where the recommender was made
         * without the part.
         */
        readonly queryShares: (model: Model, history: FoldedHistory) => Float32Array | null;
      }
  );

export interface DenseRows {
  readonly dim: number;
  /** [numItems × dim] row-major. */
  readonly vectors: Float32Array;
}

/** Sums of rows of a matrix of items × items, those of the history's items, each times its weight. */
export interface SparseFeature<Model> extends FeatureBase {
  readonly kind: 'sparse';
  readonly matrix: (model: Model) => SparseItemMatrix | null;
}

/** Popularity around the times of the history, as a logarithm or against popularity at all. */
export interface TrendFeature<Model> extends FeatureBase {
  readonly kind: 'trend';
  readonly trend: (model: Model) => Trend | null;
  readonly isRatio: boolean;
}

/** One score per item, equal for every history. */
export interface ConstantFeature<Model> extends FeatureBase {
  readonly kind: 'constant';
  /** [numItems]; null where the recommender was made without the part. */
  readonly scores: (model: Model) => Float32Array | null;
}

/**
 * Scores that a part computes by itself, in plain TypeScript: the kind for a model without a kernel.
 *
 * The reference calls it, and the kernel copies its scores into memory; from there on they are standardised, blended and
 * cached as all others. It must depend on the history and on its part's fields alone.
 */
export type ComputedFeature<Model> = FeatureBase & {
  readonly kind: 'computed';
  /**
   * [numItems] the score of every item; null where the recommender was made without the part.
   * @param history the same object for each question about a user, so that a part may cache by it
   */
  readonly scores: (model: Model, history: FoldedHistory) => Float32Array | null;
} & (
    | { readonly explains: false }
    | {
        readonly explains: true;
        /** [items × history] each entry's share of the scores of some items; an item's shares add up to its score. */
        readonly shares: (model: Model, history: FoldedHistory, items: Int32Array) => Float32Array;
      }
  );

/** Does not compile where a switch leaves out a kind of feature. */
export function unknownKind(feature: never): never {
  throw new TypeError(`no such kind of feature: ${JSON.stringify(feature)}`);
}
