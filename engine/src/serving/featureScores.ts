import { trendRatios, trendScores } from '../models/trend/index.ts';
import { indexOfModel } from '../search/exactIndex.ts';
import { scoreSparse } from '../sparse/itemMatrix.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';
import { weightsFor } from './foldIn.ts';
import type { FoldedUser } from './foldIn.ts';
import type { RecommenderModel, RetrievalFeature } from './servedModel.ts';

const { log1p } = Math;

/** Spreads damped popularity, n / (n + k). */
const POPULARITY_SPREAD = 10;

/** One retrieval feature of every item for a user, [numItems]; null where the model has no part that computes it. */
export function featureScores(
  model: RecommenderModel,
  user: FoldedUser,
  feature: RetrievalFeature,
): Float32Array | null {
  const { item2vec, implicitALS, trend } = model;
  switch (feature) {
    case 'item2vec':
      return indexOfModel(item2vec.outVectors, item2vec.dim).scores(user.item2vec);
    case 'item2vecRecent':
      return indexOfModel(item2vec.outVectors, item2vec.dim).scores(user.item2vecRecent);
    case 'implicitALS':
      return (
        implicitALS &&
        user.implicitALS &&
        indexOfModel(implicitALS.itemVectors, implicitALS.dim).scores(user.implicitALS)
      );
    case 'ease':
    case 'easeRecent':
    case 'coVisitation':
    case 'coVisitationRecent':
    case 'transitionsRecent':
    case 'transitionsLast': {
      const matrix = matrixOf(model, feature);
      if (!matrix) return null;
      const scores = new Float32Array(model.numItems);
      scoreSparse(matrix, user.items, weightsFor(user, feature), scores);
      return scores;
    }
    case 'trend':
      return trend && user.trendBins && trendScores(trend, user.trendBins);
    case 'trendRatio':
      return trend && user.trendBins && trendRatios(trend, user.trendBins, oddsOf(model.popularity));
    case 'popularity':
      return popularityScores(model.popularity);
  }
}

/** The matrix whose rows a feature adds up over the history; null where the model has none, or for other features. */
export function matrixOf(model: RecommenderModel, feature: RetrievalFeature): SparseItemMatrix | null {
  switch (feature) {
    case 'ease':
    case 'easeRecent':
      return model.ease;
    case 'coVisitation':
    case 'coVisitationRecent':
      return model.coVisitation;
    case 'transitionsRecent':
    case 'transitionsLast':
      return model.transitions;
    default:
      return null;
  }
}

/** ln(1 + 10 · odds) of every item, [numItems]: damped popularity on a logarithmic scale again. */
export function popularityScores(popularity: Float32Array): Float32Array {
  return oddsOf(popularity).map((odds) => log1p(POPULARITY_SPREAD * odds));
}

/** p / (1 − p): in proportion to the items' interactions. */
export function oddsOf(popularity: Float32Array): Float32Array {
  return popularity.map((share) => share / (1 - share));
}
