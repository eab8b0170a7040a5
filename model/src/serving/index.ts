/** A model in memory and the five steps that serve it: no HTTP, no GraphQL, no database. */
export { inProcessRanker, type CandidateRanker } from './candidateRanker.ts';
export { likesNothing, neighboursOf } from './dislikes.ts';
export type { Reason } from './explain.ts';
export { historyOf, type RatedMovie } from './history.ts';
export { toLoadedModel, type LoadedModel } from './loadedModel.ts';
export { logit, meanAbsoluteDifference } from './mathematics.ts';
export { placeNewMovies, withNewMovies, withPlacedMovies, type MovieContent } from './newMovies.ts';
export type { Placements } from './placements.ts';
export { buildProfile, type Profile } from './profile.ts';
export { ownScaleOf, scoreOnScale, type ItemScores, type OwnScale } from './memberScores.ts';
export {
  recommend,
  type RecommendedItem,
  type RecommendedList,
  type RecommendPorts,
  type RecommendRequest,
  type StepTimer,
} from './recommend.ts';
export {
  recommendToGroup,
  type GroupAggregate,
  type GroupEntry,
  type GroupList,
} from './recommendToGroup.ts';
export {
  bytesOfHandle,
  modelOfHandle,
  openSharedModel,
  shareModel,
  type SharedModelHandle,
} from './sharedModel.ts';
export { inProcessVectorStore, type AttributeFilter, type VectorStore } from './vectorStore.ts';
