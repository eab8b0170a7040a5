/**
 * All that other workspaces may use of the engine, grouped by who needs it. What is not here is internal.
 */

// --- data: histories as rows ---
export { historyWeights } from './data/history.ts';
export type { HistoryEntry } from './data/history.ts';
export { historiesOf, HistoryCollector, interactionsOf, partsOf } from './data/histories.ts';
export type { UserHistories } from './data/histories.ts';
export { IdMap } from './data/idMap.ts';
export type { IdTables } from './data/idMap.ts';
export { countItems, groupByUser, usersOfRows } from './data/interactions.ts';
export type { InteractionRows, Interactions } from './data/interactions.ts';
export type { ItemFacts } from './data/itemFacts.ts';
export { gaussian, randomAfter, randomInt, seededRandom, shuffle } from './random/random.ts';

// --- the list of models and features ---
export type { FeatureSource } from './features/feature.ts';
export { modelFromTensors, modelToTensors } from './features/modelTensors.ts';
export type { FeatureWeights, RecommenderModel, ServedSettings } from './features/recommenderModel.ts';
export {
  ABLATIONS,
  countParts,
  epochsOfFit,
  FEATURES,
  FITTED_PARTS,
  fittedFromTensors,
  fittedToTensors,
  partFromTensors,
  partToTensors,
  RANKING_FEATURES,
  RECENCY_TAU,
  RETRIEVAL_FEATURES,
} from './features/registry.ts';
export type {
  CountedName,
  CountedParts,
  FitOptions,
  FitResults,
  FittedName,
  RankingFeature,
  RetrievalFeature,
} from './features/registry.ts';
export type { Tensor, Tensors } from './models/tensors.ts';

// --- serving: fold in, retrieve, rank, refine, explain ---
export type { ItemMixture } from './data/itemMixture.ts';
export { mixFromContent } from './newItems/mixFromContent.ts';
export type { ItemContent } from './newItems/mixFromContent.ts';
export { withNewItems } from './newItems/withNewItems.ts';
export { exactIndex } from './search/exactIndex.ts';
export type { ExactIndex } from './search/exactIndex.ts';
export { topK } from './search/topK.ts';
export type { Candidates } from './search/topK.ts';
export { diversify } from './serving/diversify.ts';
export {
  candidateKernel,
  FEATURE_CACHE_BYTES,
  featureCacheOf,
  forgetFeatures,
} from './serving/candidateKernel.ts';
export type { CacheSize } from './serving/modelKernel.ts';
export { explainCandidates } from './serving/explainCandidate.ts';
export { foldIn } from './serving/foldIn.ts';
export type { FoldedUser } from './serving/foldIn.ts';
export { isDislike } from './data/history.ts';
export { dislikeRisks } from './serving/dislikeRisks.ts';
export { probabilityOf } from './serving/probabilityOf.ts';
export { blendOnScale, blendScaleOf, type BlendScale } from './serving/blendScale.ts';
export {
  calibratedScores,
  neuralCFLogits,
  rankCandidates,
  subtractRisks,
  type OrderedCandidates,
} from './serving/rankCandidates.ts';
export { retrieveCandidates } from './serving/retrieveCandidates.ts';
export type { RetrievedCandidates } from './serving/retrieveCandidates.ts';
export {
  bytesOfShared,
  inSharedMemory,
  openRecommender,
  shareRecommender,
} from './serving/sharedRecommender.ts';
export type { SharedRecommender } from './serving/sharedRecommender.ts';
export { similarItems } from './serving/similarItems.ts';
export { standardise } from './serving/standardise.ts';

export { sharedBytesOf, weigh } from './kernels/weight.ts';

// --- training ---
export { engineFingerprint } from './fingerprint.ts';
export { easeOfPairs, fitEASE } from './models/ease/index.ts';
export { FitError } from './models/fitting.ts';
export type { EpochProgress, FitContext, HeldOutItems } from './models/fitting.ts';
export { FITS_IN_ROUNDS } from './models/fitInRounds.ts';
export type { FitInRounds, RoundFitName } from './models/fitInRounds.ts';
export { solveHalfStep, vectorGramian } from './models/implicitALS/halfStep.ts';
export { seedOfRange, takeShare } from './models/rounds.ts';
export type { FitState } from './models/rounds.ts';
export { fitImplicitALS } from './models/implicitALS/index.ts';
export { initialVectors } from './models/implicitALS/training.ts';
export { fitItem2Vec } from './models/item2vec/index.ts';
export type { Item2Vec, Item2VecOptions } from './models/item2vec/index.ts';
export { closestNeighbours, fitItemNeighbours, metTogether } from './models/itemNeighbours/index.ts';
export type { ItemNeighbours } from './models/itemNeighbours/index.ts';
export { fitMatrixFactorization } from './models/matrixFactorization/index.ts';
export type { MatrixFactorization, MatrixFactorizationOptions } from './models/matrixFactorization/index.ts';
export { fitNeuralCFFoldIn } from './models/neuralCF/foldIn.ts';
export { fitNeuralCF } from './models/neuralCF/index.ts';
export type {
  NeuralCF,
  NeuralCFInit,
  NeuralCFOptions,
  NeuralCFParameters,
  NeuralCFShape,
} from './models/neuralCF/index.ts';
export { fitPopularity, popularityOf } from './models/popularity/index.ts';
export { countDislikes, dislikeOdds, fitDislikes } from './models/dislikes/index.ts';
export { countRising, fitRising, risingScores, risingYears } from './models/rising/index.ts';
export { sharesOfVector as sequenceSharesOf } from './models/sequence/shares.ts';
export { NORM_EPSILON as SEQUENCE_NORM_EPSILON } from './models/sequence/layers.ts';
export { parameterShapes as sequenceShapes } from './models/sequence/parameters.ts';
export { initialSequence } from './models/sequence/initial.ts';
export { fitTransitions, nearPairs, strongestTransitions } from './models/transitions/index.ts';
export type { TransitionOptions } from './models/transitions/index.ts';
export { fitSequence, fitSequenceStopped, trainSequence } from './models/sequence/index.ts';
export type {
  SequenceHistory,
  SequenceLoss,
  SequenceModel,
  SequenceOptions,
  SequenceParameters,
  SequenceState,
  SequenceStopping,
  StoppedSequence,
} from './models/sequence/index.ts';
export { sequenceOf, startSequence } from './models/sequence/state.ts';
export { userRows } from './sparse/rows.ts';
export { PairsOfParts, sumPairs } from './sparse/pairSums.ts';
export type { PairSource, PairSums } from './sparse/pairSums.ts';
export { countTrend, fitTrend, smoothedTrend, timeSpan, trendClock } from './models/trend/index.ts';
export { fullRecipe, quickRecipe, thoroughRecipe } from './recipes.ts';
export type { ChosenRecipe, DataSize, ModelRecipe } from './recipes.ts';

// --- training by another's optimiser, which keeps the engine's samples ---
export { fitNeuralCFWith } from './models/neuralCF/fitWith.ts';
export { unseenSampler } from './models/neuralCF/reference.ts';
export type { EpochPlan, EpochResult, NeuralCFTrainer } from './models/neuralCF/trainer.ts';

// --- evaluation ---
export { intraListDiversity, meanCount, novelty } from './evaluation/beyondAccuracy.ts';
export {
  calibrate,
  chooseWeights,
  discountObjective,
  labelledScores,
  ndcgObjective,
} from './evaluation/blend.ts';
export { chooseDislikeWeight } from './evaluation/dislikeWeight.ts';
export type { BlendCase } from './evaluation/blend.ts';
export { bootstrapInterval, mean, pairedBootstrapInterval } from './evaluation/bootstrap.ts';
export type { IntervalEstimate } from './evaluation/bootstrap.ts';
export { calibrationError, IDENTITY_CALIBRATION } from './evaluation/calibration.ts';
export type { CalibrationBin } from './evaluation/calibration.ts';
export { judgeCounts, judgeExperiment } from './evaluation/experiment.ts';
export type { CountedArm, ExperimentVerdict, JudgedArm, JudgedExperiment } from './evaluation/experiment.ts';
export {
  evaluateScorer,
  fullCatalogueCases,
  historyOf,
  metricPerCase,
  withGivenNegatives,
  withSampledNegatives,
} from './evaluation/evaluate.ts';
export type { EvaluationCase, EvaluationOutcome, RatedOutcome, Scorer } from './evaluation/evaluate.ts';
export { dislikedRateAtK, hitRateAtK, mapAtK, ndcgAtK, precisionAtK, recallAtK } from './metrics/ranking.ts';
export { rankCorrelation } from './evaluation/rankCorrelation.ts';
export { historyEntriesOf, ModelScorers } from './evaluation/scorers.ts';
export {
  roundHalfEven,
  splitByTime,
  splitLastOut,
  splitOneOut,
  splitUserOrdered,
  splitUserStratified,
  takeRows,
} from './evaluation/splits.ts';
export type { Split } from './evaluation/splits.ts';

// --- one model at a time: for exports, benches and comparisons ---
export { eliminateOnThreads, multiplyOnThreads } from './linearAlgebra/onThreads.ts';
export { choleskyFactor, gramian, invertPositiveDefinite, multiply } from './linearAlgebra/linearAlgebra.ts';
export { fitEASEReference } from './models/ease/reference.ts';
export { fitImplicitALSReference } from './models/implicitALS/reference.ts';
export { fitItem2VecReference } from './models/item2vec/reference.ts';
export { userVector } from './models/item2vec/userVector.ts';
export { scoreMatrixFactorization } from './models/matrixFactorization/index.ts';
export { fitMatrixFactorizationReference } from './models/matrixFactorization/reference.ts';
export { fitNeuralCFReference } from './models/neuralCF/index.ts';
export { encodeSequence, encodeSequenceReference } from './models/sequence/encode.ts';
export { fitSequenceReference } from './models/sequence/index.ts';
export {
  neuralCFUserVector,
  scoreNeuralCF,
  scoreNeuralCFReference,
  scoreNeuralCFVector,
} from './models/neuralCF/scoring.ts';
