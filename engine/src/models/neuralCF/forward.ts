import type { NeuralCF } from './index.ts';

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
