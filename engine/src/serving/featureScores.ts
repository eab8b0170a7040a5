import { unknownKind } from '../features/feature.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { FEATURE } from '../features/registry.ts';
import type { RetrievalFeature } from '../features/registry.ts';
import { oddsOf } from '../models/popularity/index.ts';
import { trendRatios, trendScores } from '../models/trend/index.ts';
import { indexOfModel } from '../search/exactIndex.ts';
import { scoreSparse } from '../sparse/itemMatrix.ts';
import { foldedHistoryOf, queryOf, weightsFor } from './foldIn.ts';
import type { FoldedUser } from './foldIn.ts';

/** One retrieval feature of every item for a user, [numItems]; null where the model has no part that computes it. */
export function featureScores(
  model: RecommenderModel,
  user: FoldedUser,
  name: RetrievalFeature,
): Float32Array | null {
  const feature = FEATURE[name];
  switch (feature.kind) {
    case 'dense': {
      const rows = feature.rows(model);
      const query = queryOf(user, feature);
      return rows && query && indexOfModel(rows.vectors, rows.dim).scores(query);
    }
    case 'sparse': {
      const matrix = feature.matrix(model);
      if (!matrix) return null;
      const scores = new Float32Array(model.numItems);
      scoreSparse(matrix, user.items, weightsFor(user, name), scores);
      return scores;
    }
    case 'trend': {
      const trend = feature.trend(model);
      if (!trend || !user.trendBins) return null;
      if (!feature.isRatio) return trendScores(trend, user.trendBins);
      return trendRatios(trend, user.trendBins, oddsOf(model.popularity));
    }
    case 'constant':
      return feature.scores(model);
    case 'computed':
      return feature.scores(model, foldedHistoryOf(user));
    default:
      return unknownKind(feature);
  }
}
