import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats, integers, matrixShape } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import type { ItemNeighbours } from './index.ts';

export interface HasItemNeighbours {
  /** Behind similar items; recommendations do without. */
  readonly neighbours: ItemNeighbours;
}

const ITEMS = 'neighbours.items';
const LIFTS = 'neighbours.lifts';

/** Behind similar items alone: no feature. */
export const itemNeighboursPart = {
  name: 'neighbours',
  toTensors({
    numItems,
    neighbours: { numNeighbours, items, lifts },
  }: HasItemNeighbours & { readonly numItems: number }): Record<string, Tensor> {
    return {
      [ITEMS]: { shape: [numItems, numNeighbours], data: items },
      [LIFTS]: { shape: [numItems, numNeighbours], data: lifts },
    };
  },
  fromTensors: (tensors: Tensors, numItems: number): HasItemNeighbours => ({
    neighbours: neighboursFrom(tensors, numItems),
  }),
  withNewItems: ({ neighbours }: HasItemNeighbours, mixtures: readonly ItemMixture[]): HasItemNeighbours => ({
    neighbours: withMixedNeighbours(neighbours, mixtures),
  }),
  features: [],
} as const satisfies ModelPart<HasItemNeighbours>;

function neighboursFrom(tensors: Tensors, numItems: number): ItemNeighbours {
  const [, numNeighbours] = matrixShape(tensors, LIFTS);
  const lifts = floats(tensors, LIFTS, [numItems, numNeighbours]);
  return { numNeighbours, items: integers(tensors, ITEMS, [numItems, numNeighbours]), lifts };
}

/** A new item's neighbours are what it is made of. */
function withMixedNeighbours(neighbours: ItemNeighbours, mixtures: readonly ItemMixture[]): ItemNeighbours {
  const longest = mixtures.reduce((most, { items }) => Math.max(most, items.length), 0);
  const numNeighbours = Math.min(neighbours.numNeighbours, longest);
  const added = {
    numNeighbours,
    items: new Int32Array(mixtures.length * numNeighbours).fill(-1),
    lifts: new Float32Array(mixtures.length * numNeighbours),
  };
  mixtures.forEach((mixture, index) => {
    added.items.set(mixture.items.subarray(0, numNeighbours), index * numNeighbours);
    added.lifts.set(mixture.weights.subarray(0, numNeighbours), index * numNeighbours);
  });
  return { ...neighbours, added };
}
