import { withMixedRows } from '../../data/itemMixture.ts';
import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats, matrixShape } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import { fitNeuralCF } from './index.ts';
import type { NeuralCF, NeuralCFOptions, NeuralCFParameters } from './index.ts';
import { parameterShapes } from './initial.ts';

export interface HasNeuralCF {
  readonly neuralCF: NeuralCF | null;
  /** Takes iALS's user vectors to NeuralCF's, for users unknown at training; see fitNeuralCFFoldIn. */
  readonly neuralCFFoldIn: Float32Array | null;
}

const PREFIX = 'neuralCF.';
const FOLD_IN = 'foldIn.neuralCF';

/** Ranks what the features retrieve; no feature of its own. */
export const neuralCFPart = {
  name: 'neuralCF',
  toTensors({ neuralCF, neuralCFFoldIn }: HasNeuralCF): Record<string, Tensor> {
    if (!neuralCF) return {};
    const tensors: Record<string, Tensor> = {};
    if (neuralCFFoldIn) {
      const outputs = 2 * neuralCF.embeddingDim;
      tensors[FOLD_IN] = { shape: [neuralCFFoldIn.length / outputs, outputs], data: neuralCFFoldIn };
    }
    return Object.assign(tensors, neuralCFToTensors(neuralCF));
  },
  fromTensors(tensors: Tensors, numItems: number): HasNeuralCF {
    const isThere = Object.keys(tensors).some((name) => name.startsWith(PREFIX));
    if (!isThere) return { neuralCF: null, neuralCFFoldIn: null };
    const neuralCF = neuralCFFrom(tensors, numItems);
    if (!(FOLD_IN in tensors)) return { neuralCF, neuralCFFoldIn: null };
    const [inputs] = matrixShape(tensors, FOLD_IN);
    return { neuralCF, neuralCFFoldIn: floats(tensors, FOLD_IN, [inputs, 2 * neuralCF.embeddingDim]) };
  },
  withNewItems(
    { neuralCF, neuralCFFoldIn }: HasNeuralCF,
    mixtures: readonly ItemMixture[],
    numItems: number,
  ): HasNeuralCF {
    return { neuralCF: neuralCF && withMixedEmbeddings(neuralCF, numItems, mixtures), neuralCFFoldIn };
  },
  fit: fitNeuralCF,
  fittedToTensors: neuralCFToTensors,
  fittedFromTensors: (tensors: Tensors): NeuralCF =>
    neuralCFFrom(tensors, matrixShape(tensors, `${PREFIX}itemEmbeddings`)[0]),
  epochs: ({ epochs }: NeuralCFOptions): number => epochs,
  priority: 5,
  startsFrom: 'matrixFactorization',
  features: [],
} as const satisfies ModelPart<HasNeuralCF>;

function neuralCFToTensors(neuralCF: NeuralCF): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  const shapes = parameterShapes(neuralCF);
  for (const name of parameterNames(shapes)) {
    tensors[PREFIX + name] = { shape: shapes[name], data: neuralCF.parameters[name] };
  }
  return tensors;
}

function neuralCFFrom(tensors: Tensors, numItems: number): NeuralCF {
  const [numUsers, width] = matrixShape(tensors, `${PREFIX}userEmbeddings`);
  const [hidden2, hidden1] = matrixShape(tensors, `${PREFIX}layer2Weights`);
  const hiddenDims: [number, number] = [hidden1, hidden2];
  const shape = { numUsers, numItems, embeddingDim: width / 2, hiddenDims };
  const shapes = parameterShapes(shape);
  const parameter = (name: keyof NeuralCFParameters): Float32Array =>
    floats(tensors, PREFIX + name, shapes[name]);
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

function withMixedEmbeddings(model: NeuralCF, numItems: number, mixtures: readonly ItemMixture[]): NeuralCF {
  const { parameters, embeddingDim } = model;
  return {
    ...model,
    numItems,
    parameters: {
      ...parameters,
      itemEmbeddings: withMixedRows(parameters.itemEmbeddings, 2 * embeddingDim, mixtures),
      itemBiases: withMixedRows(parameters.itemBiases, 1, mixtures),
    },
  };
}
