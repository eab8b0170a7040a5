import type { FoldedHistory } from '../../data/history.ts';
import { withMixedRows } from '../../data/itemMixture.ts';
import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats, matrixShape } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import { fitItem2Vec } from './index.ts';
import type { Item2Vec, Item2VecOptions } from './index.ts';
import { userVector } from './userVector.ts';

export interface HasItem2Vec {
  readonly item2vec: Item2Vec;
}

const IN_VECTORS = 'item2vec.inVectors';
const OUT_VECTORS = 'item2vec.outVectors';
/** Positions of a history over which `item2vecRecent` forgets. */
const RECENT_TAU = 5;

const feature = {
  part: 'item2vec',
  kind: 'dense',
  source: 'item2vec',
  explains: true,
  rows: ({ item2vec: { dim, outVectors } }: HasItem2Vec) => ({ dim, vectors: outVectors }),
} as const;

export const item2vecPart = {
  name: 'item2vec',
  toTensors: ({ item2vec }: HasItem2Vec): Record<string, Tensor> => vectorsToTensors(item2vec),
  fromTensors: (tensors: Tensors): HasItem2Vec => ({ item2vec: vectorsFrom(tensors) }),
  withNewItems({ item2vec }: HasItem2Vec, mixtures: readonly ItemMixture[], numItems: number): HasItem2Vec {
    const inVectors = withMixedRows(item2vec.inVectors, item2vec.dim, mixtures);
    const outVectors = withMixedRows(item2vec.outVectors, item2vec.dim, mixtures);
    return { item2vec: { ...item2vec, numItems, inVectors, outVectors } };
  },
  fit: fitItem2Vec,
  fittedToTensors: vectorsToTensors,
  fittedFromTensors: vectorsFrom,
  epochs: ({ epochs }: Item2VecOptions): number => epochs,
  priority: 2,
  features: [
    {
      ...feature,
      name: 'item2vec',
      foldIn: ({ item2vec }: HasItem2Vec, { entries, weights }: FoldedHistory): Float32Array =>
        userVector(entries, weights(), item2vec),
    },
    {
      ...feature,
      name: 'item2vecRecent',
      tau: RECENT_TAU,
      foldIn: ({ item2vec }: HasItem2Vec, { entries, weights }: FoldedHistory): Float32Array =>
        userVector(entries, weights(RECENT_TAU), item2vec),
    },
  ],
} as const satisfies ModelPart<HasItem2Vec>;

function vectorsToTensors({ numItems, dim, inVectors, outVectors }: Item2Vec): Record<string, Tensor> {
  return {
    [IN_VECTORS]: { shape: [numItems, dim], data: inVectors },
    [OUT_VECTORS]: { shape: [numItems, dim], data: outVectors },
  };
}

function vectorsFrom(tensors: Tensors): Item2Vec {
  const [numItems, dim] = matrixShape(tensors, IN_VECTORS);
  const inVectors = floats(tensors, IN_VECTORS, [numItems, dim]);
  return { numItems, dim, inVectors, outVectors: floats(tensors, OUT_VECTORS, [numItems, dim]) };
}
