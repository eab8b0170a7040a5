import { gaussian } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import type { NeuralCF, NeuralCFInit, NeuralCFParameters, NeuralCFShape } from './index.ts';

/** The rows and columns of each parameter; a vector is one row. */
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

const EMBEDDING_DEVIATION = 0.1;
/** Of the output weights, as a share of the usual, when the model starts from a matrix factorization. */
const QUIET_OUTPUT = 0.01;

/**
 * Embeddings drawn from N(0, 0.1²), weights by He et al. 2015 (variance 2 / inputs), biases 0.
 *
 * With `init` the GMF part is that factorization and the MLP's output weights are a hundredth of the usual, so that the
 * first scores are nearly the factorization's. Its users' biases, which order no list, are kept as their mean: with the
 * global bias it goes to every item's.
 * @param afterUsers called when the users' embeddings are drawn
 */
export function initialNeuralCF(
  shape: NeuralCFShape,
  random: Random,
  init?: NeuralCFInit,
  afterUsers?: () => void,
): NeuralCF {
  const { numUsers, numItems, embeddingDim } = shape;
  const [hidden1, hidden2] = shape.hiddenDims;
  const normal = (length: number, deviation: number): Float32Array => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) values[i] = deviation * gaussian(random);
    return values;
  };
  const layer1Deviation = Math.sqrt(2 / (2 * embeddingDim));
  const outputDeviation = Math.sqrt(2 / hidden2) * (init ? QUIET_OUTPUT : 1);
  const userEmbeddings = normal(numUsers * 2 * embeddingDim, EMBEDDING_DEVIATION);
  afterUsers?.();
  const parameters = {
    userEmbeddings,
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
