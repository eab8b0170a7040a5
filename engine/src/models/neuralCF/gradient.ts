import { adamTable } from './adam.ts';
import type { ParameterTable } from './adam.ts';
import { forwardPass } from './forward.ts';
import type { NeuralCF, NeuralCFParameters } from './index.ts';
import { parameterShapes } from './initial.ts';
import { neuralCFUserVector } from './scoring.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { abs, exp, log1p, max } = Math;

export type NeuralCFTables = Record<keyof NeuralCFParameters, ParameterTable>;

/** One table with gradient and moments for each parameter of the model, which it updates in place. */
export function neuralCFTables(model: NeuralCF): NeuralCFTables {
  const shapes = parameterShapes(model);
  const table = (name: keyof NeuralCFParameters): ParameterTable =>
    adamTable(model.parameters[name], shapes[name][1]);
  return {
    userEmbeddings: table('userEmbeddings'),
    itemEmbeddings: table('itemEmbeddings'),
    itemBiases: table('itemBiases'),
    layer1UserWeights: table('layer1UserWeights'),
    layer1ItemWeights: table('layer1ItemWeights'),
    layer1Biases: table('layer1Biases'),
    layer2Weights: table('layer2Weights'),
    layer2Biases: table('layer2Biases'),
    outputWeights: table('outputWeights'),
  };
}

/**
 * Adds the gradient of scale · Σ binary cross-entropy over one user's items to the tables, and touches their rows.
 *
 * @param items the first `count` are used; the first of them is the positive, the others are negatives
 * @returns the sum of the cross-entropies, unscaled, in nats
 */
export type GradientOfGroup = (userIndex: number, items: Int32Array, count: number, scale: number) => number;

/** Backpropagation through the model as {@link forwardPass} computes it; allocates only when built. */
export function neuralCFGradient(model: NeuralCF, tables: NeuralCFTables): GradientOfGroup {
  const { embeddingDim, parameters } = model;
  const [hidden1, hidden2] = model.hiddenDims;
  const width = 2 * embeddingDim;
  const {
    userEmbeddings,
    itemEmbeddings,
    layer1UserWeights,
    layer1ItemWeights,
    layer2Weights,
    outputWeights,
  } = parameters;
  const userGradient = tables.userEmbeddings.gradient;
  const itemGradient = tables.itemEmbeddings.gradient;
  const itemBiasGradient = tables.itemBiases.gradient;
  const layer1UserGradient = tables.layer1UserWeights.gradient;
  const layer1ItemGradient = tables.layer1ItemWeights.gradient;
  const layer1BiasGradient = tables.layer1Biases.gradient;
  const layer2Gradient = tables.layer2Weights.gradient;
  const layer2BiasGradient = tables.layer2Biases.gradient;
  const outputGradient = tables.outputWeights.gradient;

  const forward = forwardPass(model);
  const { layer1, layer2 } = forward;
  /** ∂/∂(first layer's input): of one item, and summed over the group for the user's half. */
  const delta1 = new Float64Array(hidden1);
  const userDelta1 = new Float64Array(hidden1);
  const itemMLPGradient = new Float64Array(embeddingDim);
  const userMLPGradient = new Float64Array(embeddingDim);
  return gradientOfGroup;

  function gradientOfGroup(userIndex: number, items: Int32Array, count: number, scale: number): number {
    forward.setUser(neuralCFUserVector(model, userIndex));
    userDelta1.fill(0);
    let loss = 0;
    for (let index = 0; index < count; index++) {
      const isPositive = index === 0;
      const itemIndex = items[index];
      const logit = forward.logitOf(itemIndex);
      const probability = 1 / (1 + exp(-logit));
      loss += softplus(isPositive ? -logit : logit);
      const delta = scale * (isPositive ? probability - 1 : probability);
      backThroughGMF(userIndex * width, itemIndex, delta);
      backThroughHidden(delta);
      backThroughItem(itemIndex * width + embeddingDim);
    }
    backThroughUser(userIndex * width + embeddingDim);
    touchRows(userIndex, items, count);
    return loss;
  }

  function backThroughGMF(userRow: number, itemIndex: number, delta: number): void {
    const itemRow = itemIndex * width;
    itemBiasGradient[itemIndex] += delta;
    for (let d = 0; d < embeddingDim; d++) {
      userGradient[userRow + d] += delta * itemEmbeddings[itemRow + d];
      itemGradient[itemRow + d] += delta * userEmbeddings[userRow + d];
    }
  }

  /** Output and second layer; leaves the derivative by the first layer's input in delta1. */
  function backThroughHidden(delta: number): void {
    delta1.fill(0);
    for (let k = 0; k < hidden2; k++) {
      // A ReLU that is off passes nothing back.
      if (layer2[k] === 0) continue;
      outputGradient[k] += delta * layer2[k];
      const delta2 = delta * outputWeights[k];
      layer2BiasGradient[k] += delta2;
      for (let h = 0; h < hidden1; h++) {
        layer2Gradient[k * hidden1 + h] += delta2 * layer1[h];
        delta1[h] += delta2 * layer2Weights[k * hidden1 + h];
      }
    }
    for (let h = 0; h < hidden1; h++) {
      if (layer1[h] === 0) delta1[h] = 0;
      userDelta1[h] += delta1[h];
    }
  }

  function backThroughItem(mlpStart: number): void {
    itemMLPGradient.fill(0);
    for (let h = 0; h < hidden1; h++) {
      const delta = delta1[h];
      if (delta === 0) continue;
      for (let d = 0; d < embeddingDim; d++) {
        layer1ItemGradient[h * embeddingDim + d] += delta * itemEmbeddings[mlpStart + d];
        itemMLPGradient[d] += delta * layer1ItemWeights[h * embeddingDim + d];
      }
    }
    for (let d = 0; d < embeddingDim; d++) itemGradient[mlpStart + d] += itemMLPGradient[d];
  }

  /** The user's half of the first layer, once for the whole group. */
  function backThroughUser(mlpStart: number): void {
    userMLPGradient.fill(0);
    for (let h = 0; h < hidden1; h++) {
      const delta = userDelta1[h];
      layer1BiasGradient[h] += delta;
      for (let d = 0; d < embeddingDim; d++) {
        layer1UserGradient[h * embeddingDim + d] += delta * userEmbeddings[mlpStart + d];
        userMLPGradient[d] += delta * layer1UserWeights[h * embeddingDim + d];
      }
    }
    for (let d = 0; d < embeddingDim; d++) userGradient[mlpStart + d] += userMLPGradient[d];
  }

  function touchRows(userIndex: number, items: Int32Array, count: number): void {
    tables.userEmbeddings.touch(userIndex);
    for (let index = 0; index < count; index++) {
      tables.itemEmbeddings.touch(items[index]);
      tables.itemBiases.touch(items[index]);
    }
    for (let h = 0; h < hidden1; h++) {
      tables.layer1UserWeights.touch(h);
      tables.layer1ItemWeights.touch(h);
    }
    for (let k = 0; k < hidden2; k++) tables.layer2Weights.touch(k);
    tables.layer1Biases.touch(0);
    tables.layer2Biases.touch(0);
    tables.outputWeights.touch(0);
  }
}

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return max(x, 0) + log1p(exp(-abs(x)));
}
