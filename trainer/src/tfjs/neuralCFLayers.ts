import type { NeuralCF, NeuralCFShape } from '@pocketrocket/engine';
import type { LayersModel, SymbolicTensor, TensorFlow } from '@pocketrocket/model/tensorflow';

/**
 * The engine's NeuralCF as a TensorFlow.js model: inputs `userIndex` and `itemIndex`, dense rows, int32 [batch, 1];
 * output the logit, [batch, 1].
 *
 * Extensions of the model belong here; layers that {@link readWeights} does not know are trained, but not served
 * by the engine.
 */
export function neuralCFLayers(tf: TensorFlow, shape: NeuralCFShape): LayersModel {
  const { numUsers, numItems, embeddingDim } = shape;
  const [hidden1, hidden2] = shape.hiddenDims;
  const user = tf.input({ shape: [1], dtype: 'int32', name: 'userIndex' });
  const item = tf.input({ shape: [1], dtype: 'int32', name: 'itemIndex' });
  const rowOf = (index: SymbolicTensor, inputDim: number, outputDim: number, name: string): SymbolicTensor =>
    tf.layers.flatten().apply(tf.layers.embedding({ inputDim, outputDim, name }).apply(index));

  const gmf = tf.layers
    .dot({ axes: 1, name: 'gmf' })
    .apply([rowOf(user, numUsers, embeddingDim, 'userGMF'), rowOf(item, numItems, embeddingDim, 'itemGMF')]);
  const pair = tf.layers
    .concatenate({ name: 'pair' })
    .apply([rowOf(user, numUsers, embeddingDim, 'userMLP'), rowOf(item, numItems, embeddingDim, 'itemMLP')]);
  const layer1 = tf.layers.dense({ units: hidden1, activation: 'relu', name: 'layer1' }).apply(pair);
  const layer2 = tf.layers.dense({ units: hidden2, activation: 'relu', name: 'layer2' }).apply(layer1);
  const mlp = tf.layers.dense({ units: 1, useBias: false, name: 'output' }).apply(layer2);
  const itemBias = rowOf(item, numItems, 1, 'itemBias');
  const logit = tf.layers.add({ name: 'logit' }).apply([gmf, mlp, itemBias]);
  return tf.model({ inputs: [user, item], outputs: logit });
}

/** Gives the layers the numbers of the engine's model. */
export function writeWeights(tf: TensorFlow, layers: LayersModel, model: NeuralCF): void {
  const { numUsers, numItems, embeddingDim, parameters } = model;
  const [hidden1, hidden2] = model.hiddenDims;
  const half = (table: Float32Array, part: 0 | 1): Float32Array => columnsOf(table, embeddingDim, part);
  const set = (name: string, ...weights: [Float32Array, number[]][]): void =>
    tf.tidy(() => {
      const tensors = weights.map(([values, shape]) => tf.tensor(values, shape, 'float32'));
      layers.getLayer(name).setWeights(tensors);
    });
  set('userGMF', [half(parameters.userEmbeddings, 0), [numUsers, embeddingDim]]);
  set('userMLP', [half(parameters.userEmbeddings, 1), [numUsers, embeddingDim]]);
  set('itemGMF', [half(parameters.itemEmbeddings, 0), [numItems, embeddingDim]]);
  set('itemMLP', [half(parameters.itemEmbeddings, 1), [numItems, embeddingDim]]);
  set('itemBias', [parameters.itemBiases, [numItems, 1]]);
  // One kernel, the user's rows above the item's.
  const kernel1 = new Float32Array(2 * embeddingDim * hidden1);
  kernel1.set(transposed(parameters.layer1UserWeights, embeddingDim));
  kernel1.set(transposed(parameters.layer1ItemWeights, embeddingDim), embeddingDim * hidden1);
  set('layer1', [kernel1, [2 * embeddingDim, hidden1]], [parameters.layer1Biases, [hidden1]]);
  const kernel2 = transposed(parameters.layer2Weights, hidden1);
  set('layer2', [kernel2, [hidden1, hidden2]], [parameters.layer2Biases, [hidden2]]);
  set('output', [parameters.outputWeights, [hidden2, 1]]);
}

/** Gives the engine's model the numbers of the layers, in place. */
export function readWeights(layers: LayersModel, { embeddingDim, hiddenDims, parameters }: NeuralCF): void {
  const [hidden1, hidden2] = hiddenDims;
  const weightOf = (name: string, index = 0): Float32Array => {
    const values = layers.getLayer(name).getWeights()[index]?.dataSync();
    if (!values) throw new RangeError(`layer ${name} has no weight ${index}`);
    return Float32Array.from(values);
  };
  putColumns(parameters.userEmbeddings, embeddingDim, 0, weightOf('userGMF'));
  putColumns(parameters.userEmbeddings, embeddingDim, 1, weightOf('userMLP'));
  putColumns(parameters.itemEmbeddings, embeddingDim, 0, weightOf('itemGMF'));
  putColumns(parameters.itemEmbeddings, embeddingDim, 1, weightOf('itemMLP'));
  parameters.itemBiases.set(weightOf('itemBias'));
  const kernel1 = weightOf('layer1');
  parameters.layer1UserWeights.set(transposed(kernel1.subarray(0, embeddingDim * hidden1), hidden1));
  parameters.layer1ItemWeights.set(transposed(kernel1.subarray(embeddingDim * hidden1), hidden1));
  parameters.layer1Biases.set(weightOf('layer1', 1));
  parameters.layer2Weights.set(transposed(weightOf('layer2'), hidden2));
  parameters.layer2Biases.set(weightOf('layer2', 1));
  parameters.outputWeights.set(weightOf('output'));
}

/** One half, [rows × dim], of a table [rows × 2 dim]: part 0 the GMF's columns, 1 the MLP's. */
function columnsOf(table: Float32Array, dim: number, part: 0 | 1): Float32Array {
  const half = new Float32Array(table.length / 2);
  for (let row = 0; row * dim < half.length; row++) {
    const start = (2 * row + part) * dim;
    half.set(table.subarray(start, start + dim), row * dim);
  }
  return half;
}

/** The inverse of {@link columnsOf}. */
function putColumns(table: Float32Array, dim: number, part: 0 | 1, half: Float32Array): void {
  for (let row = 0; row * dim < half.length; row++) {
    table.set(half.subarray(row * dim, (row + 1) * dim), (2 * row + part) * dim);
  }
}

/** [rows × width] → [width × rows] */
function transposed(matrix: Float32Array, width: number): Float32Array {
  const rows = matrix.length / width;
  return Float32Array.from(
    matrix,
    (_, index) => matrix[(index % rows) * width + Math.floor(index / rows)] ?? 0,
  );
}
