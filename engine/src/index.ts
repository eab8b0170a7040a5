export { fitEASE } from './ease.ts';
export { fitEASEReference, type EASEOptions } from './easeReference.ts';
export * from './evaluation/index.ts';
export * from './exactIndex.ts';
export { fitItem2Vec, fitItem2VecReference, symmetrised } from './item2vec.ts';
export type { Item2Vec, Item2VecOptions } from './item2vec.ts';
export { fitNeuralCF, fitNeuralCFReference, fitNeuralCFWith } from './fitNeuralCF.ts';
export type { NeuralCFOptions } from './fitNeuralCF.ts';
export { engineFingerprint } from './fingerprint.ts';
export { DivergenceError, FitError } from './fitting.ts';
export type { EpochProgress, FitContext } from './fitting.ts';
export * from './idMap.ts';
export { fitImplicitALS } from './implicitALS.ts';
export {
  fitImplicitALSReference,
  foldInImplicitALS,
  type ImplicitALS,
  type ImplicitALSOptions,
} from './implicitALSReference.ts';
export * from './interactions.ts';
export { eliminateOnThreads, multiplyOnThreads } from './kernels/linearAlgebra.ts';
export * from './linearAlgebra.ts';
export {
  fitMatrixFactorization,
  fitMatrixFactorizationReference,
  scoreMatrixFactorization,
} from './matrixFactorization.ts';
export type { MatrixFactorization, MatrixFactorizationOptions } from './matrixFactorization.ts';
export * from './modelTensors.ts';
export { EngineMemoryError, requireMemory } from './kernels/kernelMemory.ts';
export * from './mt19937.ts';
export {
  neuralCFUserVector,
  scoreNeuralCF,
  scoreNeuralCFReference,
  scoreNeuralCFVector,
} from './neuralCF.ts';
export type { NeuralCF, NeuralCFInit, NeuralCFParameters, NeuralCFShape } from './neuralCF.ts';
export { unseenSampler } from './neuralCFReference.ts';
export { usersOfRows } from './neuralCFTrainer.ts';
export type { EpochPlan, EpochResult, NeuralCFTrainer, StartTrainer } from './neuralCFTrainer.ts';
export { fitItemNeighbours, type ItemNeighbours } from './itemNeighbours.ts';
export { fitPopularity } from './popularity.ts';
export * from './random.ts';
export * from './recipes.ts';
export * from './serving/diversify.ts';
export * from './serving/explainCandidate.ts';
export * from './serving/features.ts';
export * from './serving/foldIn.ts';
export * from './serving/rankCandidates.ts';
export * from './serving/retrieveCandidates.ts';
export * from './serving/servedModel.ts';
export * from './serving/similarItems.ts';
export { standardise } from './serving/standardise.ts';
export * from './serving/userVector.ts';
export * from './sparseItemMatrix.ts';
export { topK } from './topK.ts';
export type { Candidates } from './topK.ts';
export { fitTransitions, type TransitionOptions } from './transitions.ts';
export { fitTrend, type Trend } from './trend.ts';
export { fitNeuralCFFoldIn, foldInNeuralCF } from './neuralCFFoldIn.ts';
export { mixFromContent, withNewItems } from './newItems.ts';
export type { ItemContent, ItemMixture } from './newItems.ts';
