import { NOT_SERVED } from '../part.ts';
import type { ModelPart } from '../part.ts';
import { floats, integers, matrixShape } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import { fitMatrixFactorization } from './index.ts';
import type { MatrixFactorization, MatrixFactorizationOptions } from './index.ts';

const USERS = 'matrixFactorization.userVectors';
const ITEMS = 'matrixFactorization.itemVectors';
const USER_BIASES = 'matrixFactorization.userBiases';
const ITEM_BIASES = 'matrixFactorization.itemBiases';
/** To the last bit: a float64 as two int32. */
const GLOBAL_BIAS = 'matrixFactorization.globalBias';

/** Not served: NeuralCF starts from it. */
export const matrixFactorizationPart = {
  name: 'matrixFactorization',
  ...NOT_SERVED,
  fit: fitMatrixFactorization,
  fittedToTensors(model: MatrixFactorization): Record<string, Tensor> {
    const { numUsers, numItems, dim } = model;
    return {
      [USERS]: { shape: [numUsers, dim], data: model.userVectors },
      [ITEMS]: { shape: [numItems, dim], data: model.itemVectors },
      [USER_BIASES]: { shape: [numUsers], data: model.userBiases },
      [ITEM_BIASES]: { shape: [numItems], data: model.itemBiases },
      [GLOBAL_BIAS]: { shape: [2], data: new Int32Array(Float64Array.of(model.globalBias).buffer) },
    };
  },
  fittedFromTensors(tensors: Tensors): MatrixFactorization {
    const [numUsers, dim] = matrixShape(tensors, USERS);
    const [numItems] = matrixShape(tensors, ITEMS);
    const [globalBias] = new Float64Array(integers(tensors, GLOBAL_BIAS, [2]).slice().buffer);
    return {
      numUsers,
      numItems,
      dim,
      userVectors: floats(tensors, USERS, [numUsers, dim]),
      itemVectors: floats(tensors, ITEMS, [numItems, dim]),
      userBiases: floats(tensors, USER_BIASES, [numUsers]),
      itemBiases: floats(tensors, ITEM_BIASES, [numItems]),
      globalBias,
    };
  },
  epochs: ({ epochs }: MatrixFactorizationOptions): number => epochs,
  priority: 6,
  features: [],
} as const satisfies ModelPart<object>;
