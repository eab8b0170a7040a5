import { gaussian } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import { neuralCFScorer } from './scorer.ts';

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
 * Once scored, a model's parameters must not change any more: what scores it keeps a copy.
 */
export interface NeuralCF extends NeuralCFShape {
  readonly parameters: NeuralCFParameters;
}

/** How many rows and columns each parameter has; a vector is one row. */
export function parameterShapes(shape: NeuralCFShape): Record<keyof NeuralCFParameters, [number, number]> {
  const { numUsers, numItems, embeddingDim } = shape;
  const [hidden1, hidden2] = shape.hiddenDims;
  return {
    userEmbeddings: [numUsers, 2 * embeddingDim],
    itemEmbeddings: [numItems, 2 * embeddingDim],
    itemBiases: [numItems, 1],
    layer1UserWeights: [hidden1, embeddingDim],
    layer1ItemWeights: [hidden1, embeddingDim],
    layer1Biases: [1, hidden1],
    layer2Weights: [hidden2, hidden1],
    layer2Biases: [1, hidden2],
    outputWeights: [1, hidden2],
  };
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

const EMBEDDING_DEVIATION = 0.1;
/** Of the output weights, as a share of the usual, when the model starts from a matrix factorization. */
const QUIET_OUTPUT = 0.01;

/**
 * Embeddings drawn from N(0, 0.1²), weights by He et al. 2015 (variance 2 / inputs), biases 0.
 *
 * With `init` the GMF part is that factorization and the MLP's output weights are a hundredth of the usual, so that the
 * first scores are nearly the factorization's. Its users' biases, which order no list, are kept as their mean: with the
 * global bias it goes to every item's.
 */
export function initialNeuralCF(shape: NeuralCFShape, random: Random, init?: NeuralCFInit): NeuralCF {
  const { numUsers, numItems, embeddingDim } = shape;
  const [hidden1, hidden2] = shape.hiddenDims;
  const normal = (length: number, deviation: number): Float32Array => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) values[i] = deviation * gaussian(random);
    return values;
  };
  const layer1Deviation = Math.sqrt(2 / (2 * embeddingDim));
  const outputDeviation = Math.sqrt(2 / hidden2) * (init ? QUIET_OUTPUT : 1);
  const parameters = {
    userEmbeddings: normal(numUsers * 2 * embeddingDim, EMBEDDING_DEVIATION),
    itemEmbeddings: normal(numItems * 2 * embeddingDim, EMBEDDING_DEVIATION),
    itemBiases: new Float32Array(numItems),
    layer1UserWeights: normal(hidden1 * embeddingDim, layer1Deviation),
    layer1ItemWeights: normal(hidden1 * embeddingDim, layer1Deviation),
    layer1Biases: new Float32Array(hidden1),
    layer2Weights: normal(hidden2 * hidden1, Math.sqrt(2 / hidden1)),
    layer2Biases: new Float32Array(hidden2),
    outputWeights: normal(hidden2, outputDeviation),
  };
  if (init) {
    copyIntoGMF(init.userVectors, parameters.userEmbeddings, embeddingDim);
    copyIntoGMF(init.itemVectors, parameters.itemEmbeddings, embeddingDim);
    const userBiases = init.userBiases ?? new Float32Array(1);
    const meanUserBias = userBiases.reduce((sum, bias) => sum + bias, 0) / userBiases.length;
    const offset = (init.globalBias ?? 0) + meanUserBias;
    parameters.itemBiases.set(init.itemBiases.map((bias) => bias + offset));
  }
  return { ...shape, parameters };
}

/** Puts each row of `vectors`, [rows × dim], into the first half of a row of `embeddings`, [rows × 2 dim]. */
function copyIntoGMF(vectors: Float32Array, embeddings: Float32Array, dim: number): void {
  for (let row = 0; row * dim < vectors.length; row++) {
    embeddings.set(vectors.subarray(row * dim, (row + 1) * dim), row * 2 * dim);
  }
}

/**
 * Writes the logit of each item for one user.
 * @param items dense rows, [n]
 * @param out [n], overwritten
 */
export function scoreNeuralCF(
  model: NeuralCF,
  userIndex: number,
  items: Int32Array,
  out: Float32Array,
): void {
  scoreNeuralCFVector(model, neuralCFUserVector(model, userIndex), items, out);
}

/** A trained user's vector, [2d]: the GMF part and the MLP part; a view. */
export function neuralCFUserVector(model: NeuralCF, userIndex: number): Float32Array {
  const width = 2 * model.embeddingDim;
  return model.parameters.userEmbeddings.subarray(userIndex * width, (userIndex + 1) * width);
}

/**
 * Writes the logit of each item for one user given by vector, who need not have been there at training.
 * @param userVector [2d], the GMF part and the MLP part
 * @param items dense rows, [n]
 * @param out [n], overwritten
 */
export function scoreNeuralCFVector(
  model: NeuralCF,
  userVector: Float32Array,
  items: Int32Array,
  out: Float32Array,
): void {
  const scorer = neuralCFScorer(model);
  if (scorer) scorer.score(userVector, items, out);
  else scoreNeuralCFReference(model, userVector, items, out);
}

/** {@link scoreNeuralCFVector} without WebAssembly, from the parameters as they are at the call. */
export function scoreNeuralCFReference(
  model: NeuralCF,
  userVector: Float32Array,
  items: Int32Array,
  out: Float32Array,
): void {
  const forward = forwardPass(model);
  forward.setUser(userVector);
  for (let index = 0; index < items.length; index++) out[index] = forward.logitOf(items[index]);
}

/** The way from embeddings to a logit, one user at a time; what it leaves in the layers serves the way back. */
export interface ForwardPass {
  /** [h1], after ReLU, of the latest logit. */
  readonly layer1: Float64Array;
  /** [h2], after ReLU, of the latest logit. */
  readonly layer2: Float64Array;
  /** @param userVector [2d], copied */
  setUser(userVector: Float32Array): void;
  /** The logit of an item for the user set last. */
  logitOf(itemIndex: number): number;
}

/** Reads the model's parameters as they are at each call; allocates only when built. */
export function forwardPass({ parameters, embeddingDim, hiddenDims }: NeuralCF): ForwardPass {
  const { itemEmbeddings, itemBiases, outputWeights } = parameters;
  const { layer1UserWeights, layer1ItemWeights, layer1Biases, layer2Weights, layer2Biases } = parameters;
  const [hidden1, hidden2] = hiddenDims;
  const user = new Float64Array(2 * embeddingDim);
  const item = new Float64Array(2 * embeddingDim);
  /** W1's user half · u + b1. */
  const userPart = new Float64Array(hidden1);
  const layer1 = new Float64Array(hidden1);
  const layer2 = new Float64Array(hidden2);
  return { layer1, layer2, setUser, logitOf };

  function setUser(userVector: Float32Array): void {
    for (let c = 0; c < user.length; c++) user[c] = userVector[c];
    for (let h = 0; h < hidden1; h++) {
      let sum = layer1Biases[h];
      for (let d = 0; d < embeddingDim; d++)
        sum += layer1UserWeights[h * embeddingDim + d] * user[embeddingDim + d];
      userPart[h] = sum;
    }
  }

  function logitOf(itemIndex: number): number {
    for (let c = 0; c < item.length; c++) item[c] = itemEmbeddings[itemIndex * item.length + c];
    for (let h = 0; h < hidden1; h++) {
      let sum = userPart[h];
      for (let d = 0; d < embeddingDim; d++)
        sum += layer1ItemWeights[h * embeddingDim + d] * item[embeddingDim + d];
      layer1[h] = sum > 0 ? sum : 0;
    }
    let logit = itemBiases[itemIndex];
    for (let k = 0; k < hidden2; k++) {
      let sum = layer2Biases[k];
      for (let h = 0; h < hidden1; h++) sum += layer2Weights[k * hidden1 + h] * layer1[h];
      layer2[k] = sum > 0 ? sum : 0;
      logit += outputWeights[k] * layer2[k];
    }
    for (let d = 0; d < embeddingDim; d++) logit += user[d] * item[d];
    return logit;
  }
}
