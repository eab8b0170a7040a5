import type { FoldedHistory } from '../../data/history.ts';
import { withMixedRows } from '../../data/itemMixture.ts';
import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats, integers, matrixShape } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import { foldInImplicitALS } from './foldIn.ts';
import { fitImplicitALS } from './index.ts';
import type { ImplicitALS, ImplicitALSOptions } from './index.ts';

export interface HasImplicitALS {
  readonly implicitALS: ImplicitALS | null;
}

const USERS = 'implicitALS.userVectors';
const ITEMS = 'implicitALS.itemVectors';
const GRAMIAN = 'implicitALS.gramian';
/** λ, α₀ and ν, which a fold-in needs, to the last bit: each a float64 as two int32. */
const SETTINGS = 'implicitALS.settings';

export const implicitALSPart = {
  name: 'implicitALS',
  toTensors: ({ implicitALS }: HasImplicitALS): Record<string, Tensor> =>
    implicitALS ? implicitALSToTensors(implicitALS) : {},
  fromTensors(tensors: Tensors, numItems: number): HasImplicitALS {
    return { implicitALS: ITEMS in tensors ? implicitALSFrom(tensors, numItems) : null };
  },
  withNewItems(
    { implicitALS }: HasImplicitALS,
    mixtures: readonly ItemMixture[],
    numItems: number,
  ): HasImplicitALS {
    if (!implicitALS) return { implicitALS };
    const itemVectors = withMixedRows(implicitALS.itemVectors, implicitALS.dim, mixtures);
    return { implicitALS: { ...implicitALS, numItems, itemVectors } };
  },
  fit: fitImplicitALS,
  fittedToTensors: implicitALSToTensors,
  fittedFromTensors: (tensors: Tensors): ImplicitALS =>
    implicitALSFrom(tensors, matrixShape(tensors, ITEMS)[0]),
  epochs: ({ iterations }: ImplicitALSOptions): number => iterations,
  priority: 4,
  features: [
    {
      name: 'implicitALS',
      part: 'implicitALS',
      kind: 'dense',
      source: 'collaborative',
      explains: false,
      rows: ({ implicitALS }: HasImplicitALS) =>
        implicitALS && { dim: implicitALS.dim, vectors: implicitALS.itemVectors },
      foldIn: ({ implicitALS }: HasImplicitALS, { items }: FoldedHistory): Float32Array | null =>
        implicitALS && foldInImplicitALS(implicitALS, items),
    },
  ],
} as const satisfies ModelPart<HasImplicitALS>;

function implicitALSToTensors(implicitALS: ImplicitALS): Record<string, Tensor> {
  const { numUsers, numItems, dim, regularization, unobservedWeight, frequencyScaling } = implicitALS;
  const settings = Float64Array.of(regularization, unobservedWeight, frequencyScaling);
  return {
    [USERS]: { shape: [numUsers, dim], data: implicitALS.userVectors },
    [ITEMS]: { shape: [numItems, dim], data: implicitALS.itemVectors },
    [GRAMIAN]: { shape: [dim, dim], data: implicitALS.gramian },
    [SETTINGS]: { shape: [6], data: new Int32Array(settings.buffer) },
  };
}

function implicitALSFrom(tensors: Tensors, numItems: number): ImplicitALS {
  const [numUsers, dim] = matrixShape(tensors, USERS);
  const [regularization, unobservedWeight, frequencyScaling] = new Float64Array(
    integers(tensors, SETTINGS, [6]).slice().buffer,
  );
  return {
    numUsers,
    numItems,
    dim,
    userVectors: floats(tensors, USERS, [numUsers, dim]),
    itemVectors: floats(tensors, ITEMS, [numItems, dim]),
    gramian: floats(tensors, GRAMIAN, [dim, dim]),
    regularization,
    unobservedWeight,
    frequencyScaling,
  };
}
