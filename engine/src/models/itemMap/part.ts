import { withMixedRows } from '../../data/itemMixture.ts';
import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';

export interface HasItemMap {
  /** [numItems × 2], x and y of each item on a plane where near items are alike; null where none was drawn. */
  readonly itemMap: Float32Array | null;
}

const MAP = 'itemMap';

/** To be looked at alone: no feature. The trainer draws it. */
export const itemMapPart = {
  name: 'itemMap',
  toTensors({ numItems, itemMap }: HasItemMap & { readonly numItems: number }): Record<string, Tensor> {
    return itemMap ? { [MAP]: { shape: [numItems, 2], data: itemMap } } : {};
  },
  fromTensors: (tensors: Tensors, numItems: number): HasItemMap => ({
    itemMap: tensors[MAP] ? floats(tensors, MAP, [numItems, 2]) : null,
  }),
  /** A new item stands amid what it is made of. */
  withNewItems: ({ itemMap }: HasItemMap, mixtures: readonly ItemMixture[]): HasItemMap => ({
    itemMap: itemMap && withMixedRows(itemMap, 2, mixtures),
  }),
  features: [],
} as const satisfies ModelPart<HasItemMap>;
