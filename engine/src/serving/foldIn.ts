import { historyWeights, recencies } from '../data/history.ts';
import type { FoldedHistory, HistoryEntry } from '../data/history.ts';
import type { DenseFeature } from '../features/feature.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { FEATURES, RECENCY_TAU } from '../features/registry.ts';
import type { DenseName, DenseQueries, HeldParts, RetrievalFeature } from '../features/registry.ts';
import { foldInNeuralCF } from '../models/neuralCF/foldIn.ts';
import { trendBins } from '../models/trend/index.ts';

/**
 * Of a longer history the latest entries count, so that no history takes long.
 *
 * With 500, the few users beyond it lose much: EASE's nDCG@10 on ml-latest-small's user-wise split is .384 then, .397 with
 * 1000, and no more with all.
 */
export const MAX_HISTORY = 1000;

/** A user in every model's terms, made from a history without any training. */
export interface FoldedUser extends DenseQueries {
  /** The latest {@link MAX_HISTORY} entries, oldest first. */
  readonly history: readonly HistoryEntry[];
  /** [history.length] */
  readonly items: Int32Array;
  /** [2·embeddingDim], GMF part then MLP part; null where NeuralCF cannot score this user. */
  readonly neuralCF: Float32Array | null;
  /** [numBins]; null without the model. */
  readonly trendBins: Float32Array | null;
}

const DENSE_FEATURES = FEATURES.filter((feature) => feature.kind === 'dense');

/** Positions of a history over which its times weigh less, for the trend. */
const TREND_TAU = 5;

/**
 * Folds a history in: vectors for every model, for users known and unknown at training alike.
 *
 * Known users keep the embedding that NeuralCF learned; all else follows the history as it is now.
 * @param history oldest first, not empty
 * @param userIndex the user's row among those known at training; null where there is none
 */
export function foldIn(
  model: RecommenderModel,
  history: readonly HistoryEntry[],
  userIndex: number | null,
): FoldedUser {
  const latest = history.length > MAX_HISTORY ? history.slice(-MAX_HISTORY) : history;
  const items = Int32Array.from(latest, ({ itemIndex }) => itemIndex);
  const { trend } = model;
  const folded = { entries: latest, items, weights: (tau?: number) => historyWeights(latest, tau) };
  const queries = Object.fromEntries(
    DENSE_FEATURES.map((feature) => [feature.name, feature.foldIn(model, folded)]),
  ) as Record<DenseName, Float32Array | null> as DenseQueries;
  return {
    ...queries,
    history: latest,
    items,
    neuralCF: embeddingOf(model, userIndex, queries.implicitALS),
    trendBins:
      trend &&
      trendBins(
        trend,
        latest.map(({ timestamp }) => timestamp ?? NaN),
        recencies(latest, TREND_TAU),
      ),
  };
}

/** The query of a dense feature, [dim]; null where the model lacks the part. */
export function queryOf(
  user: FoldedUser,
  { name }: DenseFeature<HeldParts> & { readonly name: RetrievalFeature },
): Float32Array | null {
  return user[name as DenseName];
}

const histories = new WeakMap<FoldedUser, FoldedHistory>();

/** The history of a folded user as a feature takes it: one object per user, its weights computed once per τ. */
export function foldedHistoryOf(user: FoldedUser): FoldedHistory {
  let history = histories.get(user);
  if (!history) {
    history = { entries: user.history, items: user.items, weights: (tau) => weightsOf(user, tau) };
    histories.set(user, history);
  }
  return history;
}

const weightsOfUser = new WeakMap<FoldedUser, Map<number | undefined, Float32Array>>();

/** The weight of each entry of a folded history in a feature, [history.length]; computed once per user and τ. */
export function weightsFor(user: FoldedUser, feature: RetrievalFeature): Float32Array {
  return weightsOf(user, RECENCY_TAU[feature]);
}

function weightsOf(user: FoldedUser, tau: number | undefined): Float32Array {
  let known = weightsOfUser.get(user);
  if (!known) weightsOfUser.set(user, (known = new Map<number | undefined, Float32Array>()));
  let weights = known.get(tau);
  if (!weights) known.set(tau, (weights = historyWeights(user.history, tau)));
  return weights;
}

function embeddingOf(
  { neuralCF, neuralCFFoldIn }: RecommenderModel,
  userIndex: number | null,
  implicitALSVector: Float32Array | null,
): Float32Array | null {
  if (neuralCF === null) return null;
  if (userIndex !== null) {
    const width = 2 * neuralCF.embeddingDim;
    return neuralCF.parameters.userEmbeddings.subarray(userIndex * width, (userIndex + 1) * width);
  }
  return neuralCFFoldIn && implicitALSVector && foldInNeuralCF(neuralCFFoldIn, implicitALSVector);
}
