import type { Item2Vec } from './item2vec.ts';
import type { ItemNeighbours } from './itemNeighbours.ts';
import { parameterShapes } from './neuralCF.ts';
import type { NeuralCF, NeuralCFParameters } from './neuralCF.ts';
import type { RecommenderModel, ServedSettings } from './serving/servedModel.ts';

/** An array with its shape, row-major. */
export interface Tensor {
  shape: number[];
  data: Float32Array | Int32Array;
}

export type Tensors = Readonly<Record<string, Readonly<Tensor>>>;

const IN_VECTORS = 'item2vec.inVectors';
const OUT_VECTORS = 'item2vec.outVectors';
const POPULARITY = 'popularity';
const NEIGHBOUR_ITEMS = 'neighbours.items';
const NEIGHBOUR_LIFTS = 'neighbours.lifts';
const NEURAL_CF = 'neuralCF.';

/** Everything of a model but its settings, as named arrays; the arrays are shared, not copied. */
export function modelToTensors({
  item2vec,
  neuralCF,
  popularity,
  neighbours,
}: RecommenderModel): Record<string, Tensor> {
  const { numItems, dim } = item2vec;
  const tensors: Record<string, Tensor> = {
    [IN_VECTORS]: { shape: [numItems, dim], data: item2vec.inVectors },
    [OUT_VECTORS]: { shape: [numItems, dim], data: item2vec.outVectors },
    [POPULARITY]: { shape: [numItems], data: popularity },
    [NEIGHBOUR_ITEMS]: { shape: [numItems, neighbours.numNeighbours], data: neighbours.items },
    [NEIGHBOUR_LIFTS]: { shape: [numItems, neighbours.numNeighbours], data: neighbours.lifts },
  };
  if (neuralCF) {
    const shapes = parameterShapes(neuralCF);
    for (const name of parameterNames(shapes)) {
      tensors[NEURAL_CF + name] = { shape: shapes[name], data: neuralCF.parameters[name] };
    }
  }
  return tensors;
}

/**
 * The model of {@link modelToTensors}, scoring the same to the last bit. Tensors of other names are passed over.
 * @throws RangeError naming the tensor that is missing or has not the shape or type that the others imply.
 */
export function modelFromTensors(tensors: Tensors, settings: ServedSettings): RecommenderModel {
  const item2vec = item2vecFrom(tensors);
  const { numItems } = item2vec;
  const hasNeuralCF = Object.keys(tensors).some((name) => name.startsWith(NEURAL_CF));
  return {
    numItems,
    item2vec,
    neuralCF: hasNeuralCF ? neuralCFFrom(tensors, numItems) : null,
    popularity: floats(tensors, POPULARITY, [numItems]),
    neighbours: neighboursFrom(tensors, numItems),
    settings,
  };
}

function item2vecFrom(tensors: Tensors): Item2Vec {
  const [numItems, dim] = matrixShape(tensors, IN_VECTORS);
  return {
    numItems,
    dim,
    inVectors: floats(tensors, IN_VECTORS, [numItems, dim]),
    outVectors: floats(tensors, OUT_VECTORS, [numItems, dim]),
  };
}

function neighboursFrom(tensors: Tensors, numItems: number): ItemNeighbours {
  const [, numNeighbours] = matrixShape(tensors, NEIGHBOUR_LIFTS);
  const items = tensorOf(tensors, NEIGHBOUR_ITEMS).data;
  const lifts = floats(tensors, NEIGHBOUR_LIFTS, [numItems, numNeighbours]);
  if (!(items instanceof Int32Array) || items.length !== lifts.length) {
    throw new RangeError(`tensor ${NEIGHBOUR_ITEMS}: must hold an int32 for each of ${NEIGHBOUR_LIFTS}`);
  }
  return { numNeighbours, items, lifts };
}

function neuralCFFrom(tensors: Tensors, numItems: number): NeuralCF {
  const [numUsers, width] = matrixShape(tensors, `${NEURAL_CF}userEmbeddings`);
  const [hidden2, hidden1] = matrixShape(tensors, `${NEURAL_CF}layer2Weights`);
  const hiddenDims: [number, number] = [hidden1, hidden2];
  const shape = { numUsers, numItems, embeddingDim: width / 2, hiddenDims };
  const shapes = parameterShapes(shape);
  const parameter = (name: keyof NeuralCFParameters): Float32Array =>
    floats(tensors, NEURAL_CF + name, shapes[name]);
  return {
    ...shape,
    parameters: {
      userEmbeddings: parameter('userEmbeddings'),
      itemEmbeddings: parameter('itemEmbeddings'),
      itemBiases: parameter('itemBiases'),
      layer1UserWeights: parameter('layer1UserWeights'),
      layer1ItemWeights: parameter('layer1ItemWeights'),
      layer1Biases: parameter('layer1Biases'),
      layer2Weights: parameter('layer2Weights'),
      layer2Biases: parameter('layer2Biases'),
      outputWeights: parameter('outputWeights'),
    },
  };
}

function parameterNames(shapes: Record<keyof NeuralCFParameters, unknown>): (keyof NeuralCFParameters)[] {
  return Object.keys(shapes) as (keyof NeuralCFParameters)[];
}

function matrixShape(tensors: Tensors, name: string): [number, number] {
  const [rows, columns, ...more] = tensorOf(tensors, name).shape;
  if (rows === undefined || columns === undefined || more.length > 0) {
    throw new RangeError(`tensor ${name}: must have two dimensions`);
  }
  return [rows, columns];
}

function floats(tensors: Tensors, name: string, shape: readonly number[]): Float32Array {
  const tensor = tensorOf(tensors, name);
  const size = shape.reduce((product, length) => product * length, 1);
  if (!(tensor.data instanceof Float32Array)) throw new RangeError(`tensor ${name}: must hold float32`);
  if (tensor.shape.join() !== shape.join() || tensor.data.length !== size) {
    throw new RangeError(
      `tensor ${name}: ${tensor.data.length} numbers of shape ${tensor.shape.join(' × ')} instead of ${shape.join(' × ')}`,
    );
  }
  return tensor.data;
}

function tensorOf(tensors: Tensors, name: string): Readonly<Tensor> {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`tensor ${name}: missing`);
  return tensor;
}
