import type { ImplicitALS } from '../models/implicitALS/index.ts';
import type { Item2Vec } from '../models/item2vec/index.ts';
import type { ItemNeighbours } from '../models/itemNeighbours/index.ts';
import type { NeuralCF, NeuralCFParameters } from '../models/neuralCF/index.ts';
import { parameterShapes } from '../models/neuralCF/initial.ts';
import type { Trend } from '../models/trend/index.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';
import type { RecommenderModel, ServedSettings } from './servedModel.ts';

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
const MATRICES = ['ease', 'coVisitation', 'transitions'] as const;
const ALS_USERS = 'implicitALS.userVectors';
const ALS_ITEMS = 'implicitALS.itemVectors';
const ALS_GRAMIAN = 'implicitALS.gramian';
/** λ, α₀ and ν, which a fold-in needs, to the last bit: each a float64 as two int32. */
const ALS_SETTINGS = 'implicitALS.settings';
const TREND_CLOCK = 'trend.clock';
const TREND_COUNTS = 'trend.counts';
const FOLD_IN = 'foldIn.neuralCF';

/** Everything of a model but its settings, as named arrays; the arrays are shared, not copied. */
export function modelToTensors(model: RecommenderModel): Record<string, Tensor> {
  const { item2vec, neuralCF, neuralCFFoldIn, implicitALS, trend, popularity, neighbours } = model;
  const { numItems, dim } = item2vec;
  const tensors: Record<string, Tensor> = {
    [IN_VECTORS]: { shape: [numItems, dim], data: item2vec.inVectors },
    [OUT_VECTORS]: { shape: [numItems, dim], data: item2vec.outVectors },
    [POPULARITY]: { shape: [numItems], data: popularity },
    [NEIGHBOUR_ITEMS]: { shape: [numItems, neighbours.numNeighbours], data: neighbours.items },
    [NEIGHBOUR_LIFTS]: { shape: [numItems, neighbours.numNeighbours], data: neighbours.lifts },
  };
  for (const name of MATRICES) {
    const matrix = model[name];
    if (!matrix) continue;
    const shape = [matrix.items.length];
    tensors[`${name}.offsets`] = { shape: [numItems + 1], data: matrix.offsets };
    tensors[`${name}.items`] = { shape, data: matrix.items };
    tensors[`${name}.weights`] = { shape, data: matrix.weights };
  }
  if (implicitALS) {
    const { numUsers, dim: width } = implicitALS;
    tensors[ALS_USERS] = { shape: [numUsers, width], data: implicitALS.userVectors };
    tensors[ALS_ITEMS] = { shape: [numItems, width], data: implicitALS.itemVectors };
    tensors[ALS_GRAMIAN] = { shape: [width, width], data: implicitALS.gramian };
    const { regularization, unobservedWeight, frequencyScaling } = implicitALS;
    const settings = Float64Array.of(regularization, unobservedWeight, frequencyScaling);
    tensors[ALS_SETTINGS] = { shape: [6], data: new Int32Array(settings.buffer) };
  }
  if (trend) {
    tensors[TREND_CLOCK] = { shape: [2], data: trend.clock };
    tensors[TREND_COUNTS] = { shape: [numItems, trend.numBins], data: trend.counts };
  }
  if (neuralCF && neuralCFFoldIn) {
    const outputs = 2 * neuralCF.embeddingDim;
    tensors[FOLD_IN] = { shape: [neuralCFFoldIn.length / outputs, outputs], data: neuralCFFoldIn };
  }
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
  const neuralCF = hasNeuralCF ? neuralCFFrom(tensors, numItems) : null;
  return {
    numItems,
    item2vec,
    implicitALS: ALS_ITEMS in tensors ? implicitALSFrom(tensors, numItems) : null,
    ease: matrixFrom(tensors, 'ease', numItems),
    coVisitation: matrixFrom(tensors, 'coVisitation', numItems),
    transitions: matrixFrom(tensors, 'transitions', numItems),
    trend: TREND_COUNTS in tensors ? trendFrom(tensors, numItems) : null,
    neuralCF,
    neuralCFFoldIn:
      neuralCF && FOLD_IN in tensors
        ? floats(tensors, FOLD_IN, [matrixShape(tensors, FOLD_IN)[0], 2 * neuralCF.embeddingDim])
        : null,
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
  const lifts = floats(tensors, NEIGHBOUR_LIFTS, [numItems, numNeighbours]);
  return { numNeighbours, items: integers(tensors, NEIGHBOUR_ITEMS, [numItems, numNeighbours]), lifts };
}

function matrixFrom(
  tensors: Tensors,
  name: (typeof MATRICES)[number],
  numItems: number,
): SparseItemMatrix | null {
  if (!(`${name}.weights` in tensors)) return null;
  const offsets = integers(tensors, `${name}.offsets`, [numItems + 1]);
  const numEntries = offsets[numItems];
  return {
    numItems,
    offsets,
    items: integers(tensors, `${name}.items`, [numEntries]),
    weights: floats(tensors, `${name}.weights`, [numEntries]),
  };
}

function implicitALSFrom(tensors: Tensors, numItems: number): ImplicitALS {
  const [numUsers, dim] = matrixShape(tensors, ALS_USERS);
  const [regularization, unobservedWeight, frequencyScaling] = new Float64Array(
    integers(tensors, ALS_SETTINGS, [6]).slice().buffer,
  );
  return {
    numUsers,
    numItems,
    dim,
    userVectors: floats(tensors, ALS_USERS, [numUsers, dim]),
    itemVectors: floats(tensors, ALS_ITEMS, [numItems, dim]),
    gramian: floats(tensors, ALS_GRAMIAN, [dim, dim]),
    regularization,
    unobservedWeight,
    frequencyScaling,
  };
}

function trendFrom(tensors: Tensors, numItems: number): Trend {
  const [, numBins] = matrixShape(tensors, TREND_COUNTS);
  return {
    numItems,
    numBins,
    clock: integers(tensors, TREND_CLOCK, [2]),
    counts: floats(tensors, TREND_COUNTS, [numItems, numBins]),
  };
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
  const { data } = shaped(tensors, name, shape);
  if (!(data instanceof Float32Array)) throw new RangeError(`tensor ${name}: must hold float32`);
  return data;
}

function integers(tensors: Tensors, name: string, shape: readonly number[]): Int32Array {
  const { data } = shaped(tensors, name, shape);
  if (!(data instanceof Int32Array)) throw new RangeError(`tensor ${name}: must hold int32`);
  return data;
}

function shaped(tensors: Tensors, name: string, shape: readonly number[]): Readonly<Tensor> {
  const tensor = tensorOf(tensors, name);
  const size = shape.reduce((product, length) => product * length, 1);
  if (tensor.shape.join() !== shape.join() || tensor.data.length !== size) {
    throw new RangeError(
      `tensor ${name}: ${tensor.data.length} numbers of shape ${tensor.shape.join(' × ')} instead of ${shape.join(' × ')}`,
    );
  }
  return tensor;
}

function tensorOf(tensors: Tensors, name: string): Readonly<Tensor> {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`tensor ${name}: missing`);
  return tensor;
}
