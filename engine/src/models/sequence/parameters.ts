import { gaussian } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import { GAP_SLOTS, RATING_SLOTS } from './inputs.ts';

export interface SequenceShape {
  readonly numItems: number;
  /** d */
  readonly dim: number;
  /** L */
  readonly length: number;
  /** B */
  readonly blocks: number;
  readonly heads: number;
  /** h */
  readonly hiddenDim: number;
  readonly hasGaps: boolean;
  readonly hasRatings: boolean;
  readonly hasDistances: boolean;
}

/**
 * The numbers of a sequence model, all row-major; what each block has stands one block after the other. A norm's row is its
 * scale, then its shift. Weights are [inputs × outputs]: a layer computes x·W + b.
 */
export interface SequenceParameters {
  /** [numItems × d] of an item as input and as target. */
  readonly itemEmbeddings: Float32Array;
  /** [L × d] by how many items come after, the last one of a window having row 0. */
  readonly positions: Float32Array;
  /** [32 × d] by `gapSlot`; empty where gaps are not read. */
  readonly gaps: Float32Array;
  /** [11 × d] by `ratingSlot`; empty where ratings are not read. */
  readonly ratings: Float32Array;
  /**
   * [B·heads × D], D being L rounded up to a multiple of 4: what is added to the logarithm of a look back by D − 1 − column
   * items; empty where distances are not read.
   */
  readonly distances: Float32Array;
  /** [B × 2d] the norm before attention. */
  readonly attentionNorms: Float32Array;
  /** [B × d × 3d] to queries, keys and values, of each the heads side by side. */
  readonly attentionInputs: Float32Array;
  /** [B × d × d] */
  readonly attentionOutputs: Float32Array;
  /** [B × 2d] the norm before the perceptron. */
  readonly hiddenNorms: Float32Array;
  /** [B × d × h] */
  readonly hiddenWeights: Float32Array;
  /** [B × h] */
  readonly hiddenBiases: Float32Array;
  /** [B × h × d] */
  readonly outputWeights: Float32Array;
  /** [B × d] */
  readonly outputBiases: Float32Array;
  /** [2d] the norm behind the last block. */
  readonly lastNorm: Float32Array;
}

export type ParameterName = keyof SequenceParameters;

/** Rows and columns of each parameter, in the order in which all of them but the item embeddings lie one behind the other. */
export function parameterShapes(shape: SequenceShape): Record<ParameterName, [number, number]> {
  const { numItems, dim, length, blocks, heads, hiddenDim, hasGaps, hasRatings, hasDistances } = shape;
  return {
    itemEmbeddings: [numItems, dim],
    positions: [length, dim],
    gaps: [hasGaps ? GAP_SLOTS : 0, dim],
    ratings: [hasRatings ? RATING_SLOTS : 0, dim],
    distances: [hasDistances ? blocks * heads : 0, distanceColumns(length)],
    attentionNorms: [blocks, 2 * dim],
    attentionInputs: [blocks * dim, 3 * dim],
    attentionOutputs: [blocks * dim, dim],
    hiddenNorms: [blocks, 2 * dim],
    hiddenWeights: [blocks * dim, hiddenDim],
    hiddenBiases: [blocks, hiddenDim],
    outputWeights: [blocks * hiddenDim, dim],
    outputBiases: [blocks, dim],
    lastNorm: [1, 2 * dim],
  };
}

export const PARAMETER_NAMES = Object.keys(
  parameterShapes({
    numItems: 0,
    dim: 0,
    length: 0,
    blocks: 0,
    heads: 0,
    hiddenDim: 0,
    hasGaps: false,
    hasRatings: false,
    hasDistances: false,
  }),
) as readonly ParameterName[];

/** Columns of the biases by distance. */
export function distanceColumns(length: number): number {
  return 4 * Math.ceil(length / 4);
}

/** Numbers of the network: all parameters but the item embeddings. */
export function networkLength(shape: SequenceShape): number {
  return Object.entries(parameterShapes(shape)).reduce(
    (sum, [name, [rows, columns]]) => sum + (name === 'itemEmbeddings' ? 0 : rows * columns),
    0,
  );
}

/** Views of the item embeddings and of a network's numbers, {@link networkLength} of them. */
export function parametersOf(
  shape: SequenceShape,
  itemEmbeddings: Float32Array,
  network: Float32Array,
): SequenceParameters {
  let at = 0;
  const views = Object.entries(parameterShapes(shape)).map(
    ([name, [rows, columns]]): [string, Float32Array] => {
      if (name === 'itemEmbeddings') return [name, itemEmbeddings];
      const start = at;
      at += rows * columns;
      return [name, network.subarray(start, at)];
    },
  );
  return Object.fromEntries(views) as unknown as SequenceParameters;
}

/** The numbers of the network one behind the other, copied: the way back from {@link parametersOf}. */
export function networkOf(shape: SequenceShape, parameters: SequenceParameters): Float32Array {
  const network = new Float32Array(networkLength(shape));
  let at = 0;
  for (const name of PARAMETER_NAMES) {
    if (name === 'itemEmbeddings') continue;
    network.set(parameters[name], at);
    at += parameters[name].length;
  }
  return network;
}

/** Of the embeddings; BERT's and SASRec's descendants'. */
const EMBEDDING_DEVIATION = 0.02;

/**
 * Embeddings drawn from N(0, .02²), weights by Glorot & Bengio 2010 (variance 2 / (inputs + outputs)), norms 1 and 0, biases
 * 0. What adds to the sum between the blocks starts smaller by √(2B), so that its variance stays (Radford et al. 2019).
 */
export function initialParameters(shape: SequenceShape, random: Random): SequenceParameters {
  const { numItems, dim, blocks, hiddenDim } = shape;
  const parameters = parametersOf(
    shape,
    new Float32Array(numItems * dim),
    new Float32Array(networkLength(shape)),
  );
  const draw = (values: Float32Array, deviation: number): void => {
    for (let i = 0; i < values.length; i++) values[i] = deviation * gaussian(random);
  };
  const drawLayer = (values: Float32Array, inputs: number, outputs: number, share = 1): void =>
    draw(values, share * Math.sqrt(2 / (inputs + outputs)));
  const intoSum = 1 / Math.sqrt(2 * blocks);
  for (const name of ['itemEmbeddings', 'positions', 'gaps', 'ratings'] as const) {
    draw(parameters[name], EMBEDDING_DEVIATION);
  }
  drawLayer(parameters.attentionInputs, dim, dim);
  drawLayer(parameters.attentionOutputs, dim, dim, intoSum);
  drawLayer(parameters.hiddenWeights, dim, hiddenDim);
  drawLayer(parameters.outputWeights, hiddenDim, dim, intoSum);
  for (const name of ['attentionNorms', 'hiddenNorms', 'lastNorm'] as const) {
    const norms = parameters[name];
    for (let row = 0; row < norms.length; row += 2 * dim) norms.fill(1, row, row + dim);
  }
  return parameters;
}
