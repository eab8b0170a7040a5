export { fitEASE } from './models/ease/index.ts';
export { fitEASEReference, type EASEOptions } from './models/ease/reference.ts';
export * from './evaluation/index.ts';
export * from './search/exactIndex.ts';
export { fitItem2Vec, fitItem2VecReference, symmetrised } from './models/item2vec/index.ts';
export type { Item2Vec, Item2VecOptions } from './models/item2vec/index.ts';
export { fitNeuralCF, fitNeuralCFReference, fitNeuralCFWith } from './models/neuralCF/index.ts';
export type { NeuralCFOptions } from './models/neuralCF/index.ts';
export { engineFingerprint } from './fingerprint.ts';
export { DivergenceError, FitError } from './models/fitting.ts';
export type { EpochProgress, FitContext } from './models/fitting.ts';
export * from './data/idMap.ts';
export { fitImplicitALS } from './models/implicitALS/index.ts';
export {
  fitImplicitALSReference,
  foldInImplicitALS,
  type ImplicitALS,
  type ImplicitALSOptions,
} from './models/implicitALS/reference.ts';
export * from './data/interactions.ts';
export { eliminateOnThreads, multiplyOnThreads } from './linearAlgebra/onThreads.ts';
export * from './linearAlgebra/linearAlgebra.ts';
export {
  fitMatrixFactorization,
  fitMatrixFactorizationReference,
  scoreMatrixFactorization,
} from './models/matrixFactorization/index.ts';
export type { MatrixFactorization, MatrixFactorizationOptions } from './models/matrixFactorization/index.ts';
export * from './serving/modelTensors.ts';
export { EngineMemoryError, requireMemory } from './kernels/kernelMemory.ts';
export * from './random/mt19937.ts';
export {
  neuralCFUserVector,
  scoreNeuralCF,
  scoreNeuralCFReference,
  scoreNeuralCFVector,
} from './models/neuralCF/model.ts';
export type { NeuralCF, NeuralCFInit, NeuralCFParameters, NeuralCFShape } from './models/neuralCF/model.ts';
export { unseenSampler } from './models/neuralCF/reference.ts';
export { usersOfRows } from './models/neuralCF/trainer.ts';
export type { EpochPlan, EpochResult, NeuralCFTrainer, StartTrainer } from './models/neuralCF/trainer.ts';
export { fitItemNeighbours, type ItemNeighbours } from './models/itemNeighbours/index.ts';
export { fitPopularity } from './models/popularity/index.ts';
export * from './random/random.ts';
export * from './recipes.ts';
export * from './serving/diversify.ts';
export * from './serving/explainCandidate.ts';
export * from './serving/featureScores.ts';
export * from './serving/foldIn.ts';
export * from './serving/rankCandidates.ts';
export * from './serving/retrieveCandidates.ts';
export * from './serving/servedModel.ts';
export * from './serving/similarItems.ts';
export { standardise } from './serving/standardise.ts';
export * from './models/item2vec/userVector.ts';
export * from './sparse/itemMatrix.ts';
export { topK } from './search/topK.ts';
export type { Candidates } from './search/topK.ts';
export { fitTransitions, type TransitionOptions } from './models/transitions/index.ts';
export { fitTrend, type Trend } from './models/trend/index.ts';
export { fitNeuralCFFoldIn, foldInNeuralCF } from './models/neuralCF/foldIn.ts';
export { mixFromContent, withNewItems } from './newItems/withNewItems.ts';
export type { ItemContent, ItemMixture } from './newItems/withNewItems.ts';
