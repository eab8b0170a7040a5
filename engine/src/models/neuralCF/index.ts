import type { Interactions } from '../../data/interactions.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { FitContext } from '../fitting.ts';
import { fitNeuralCFWith, trainNeuralCFWith } from './fitWith.ts';
import type { NeuralCFState } from './state.ts';
import { kernelTrainer } from './kernel.ts';
import { referenceTrainer } from './reference.ts';
import type { StartTrainer } from './trainer.ts';

export interface NeuralCFOptions {
  /** Of the GMF and of the MLP part each. */
  readonly embeddingDim: number;
  /** Widths of the MLP's two hidden layers. */
  readonly hiddenDims: readonly [number, number];
  /** Items the user has not met per observed one, drawn anew each epoch, uniformly. */
  readonly negatives: number;
  readonly epochs: number;
  /** Adam's step size at the start; falls linearly to nearly 0. */
  readonly learningRate: number;
  /** Observed interactions per optimiser step; their negatives come on top. */
  readonly batchSize: number;
}

/**
 * The numbers of a NeuralCF model, all row-major; d the embedding size, h1 and h2 the widths of the hidden layers.
 *
 * A user's or item's embedding row holds its GMF part in columns 0 … d − 1 and its MLP part in columns d … 2d − 1. The
 * first layer's weights come as two matrices, because the user's half is computed once for all items.
 */
export interface NeuralCFParameters {
  /** [numUsers × 2d] */
  readonly userEmbeddings: Float32Array;
  /** [numItems × 2d] */
  readonly itemEmbeddings: Float32Array;
  /** [numItems] */
  readonly itemBiases: Float32Array;
  /** [h1 × d] */
  readonly layer1UserWeights: Float32Array;
  /** [h1 × d] */
  readonly layer1ItemWeights: Float32Array;
  /** [h1] */
  readonly layer1Biases: Float32Array;
  /** [h2 × h1] */
  readonly layer2Weights: Float32Array;
  /** [h2] */
  readonly layer2Biases: Float32Array;
  /** [h2] */
  readonly outputWeights: Float32Array;
}

export interface NeuralCFShape {
  readonly numUsers: number;
  readonly numItems: number;
  /** d: of the GMF and of the MLP part each. */
  readonly embeddingDim: number;
  /** [h1, h2] */
  readonly hiddenDims: readonly [number, number];
}

/**
 * Neural collaborative filtering (He et al. 2017): a matrix factorization (GMF) and a perceptron (MLP) added up.
 *
 * logit(u, i) = p_u·q_i + b_i + w·ReLU(W2 ReLU(W1 [u; i] + b1) + b2); its sigmoid is the probability of an interaction.
 * GMF's output weights are fixed at 1: free ones undo any regularisation of p and q (Rendle et al. 2020).
 * A model's parameters must not change after its first scores: the scorer caches a copy.
 */
export interface NeuralCF extends NeuralCFShape {
  readonly parameters: NeuralCFParameters;
}

/** A trained matrix factorization, score p_u·q_i + b_u + b_i + b, from which a NeuralCF can start. */
export interface NeuralCFInit {
  readonly numUsers: number;
  readonly numItems: number;
  readonly dim: number;
  /** [numUsers × dim] */
  readonly userVectors: Float32Array;
  /** [numItems × dim] */
  readonly itemVectors: Float32Array;
  /** [numItems] */
  readonly itemBiases: Float32Array;
  /** [numUsers]; none unless given. */
  readonly userBiases?: Float32Array;
  /** 0 unless given. */
  readonly globalBias?: number;
}

/**
 * Learns to tell observed interactions from sampled ones by binary cross-entropy, with lazy Adam.
 *
 * Source: He et al., "Neural Collaborative Filtering" (WWW 2017). A user who has met every item gets no negatives.
 * @param init a trained matrix factorization to start from, of dimension `embeddingDim`; from scratch without one
 * The kernel trains on `context.threads` threads; without it, {@link fitNeuralCFReference} does.
 * @throws FitError for options out of range, without interactions, when no user has an item left to meet, or when `init`
 *   has other sizes.
 * @throws DivergenceError<NeuralCF> when the loss or a parameter is not finite.
 * @throws EngineMemoryError when there is not the memory to train.
 */
export function fitNeuralCF(
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
  init?: NeuralCFInit,
): NeuralCF {
  return fitNeuralCFWith(ownTrainer(context), interactions, options, context, init);
}

/**
 * Trains a state in place until so many epochs are done; Adam's moments begin anew.
 * @throws FitError when no user has an item left to meet.
 * @throws DivergenceError<NeuralCF> when the loss or a parameter is not finite.
 * @throws EngineMemoryError when there is not the memory to train.
 */
export function trainNeuralCF(
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
  state: NeuralCFState,
  upTo: number,
): void {
  trainNeuralCFWith(ownTrainer(context), interactions, options, context, state, upTo);
}

function ownTrainer({ threads = 1 }: FitContext): StartTrainer {
  const kernel = loadKernel('neuralCF');
  return kernel ? (model, ...data) => kernelTrainer(kernel, model, ...data, threads) : referenceTrainer;
}

/** {@link fitNeuralCF} on one thread without WebAssembly: what the kernel is tested against. */
export function fitNeuralCFReference(
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
  init?: NeuralCFInit,
): NeuralCF {
  return fitNeuralCFWith(referenceTrainer, interactions, options, context, init);
}
