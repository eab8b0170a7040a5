import type { ItemMixture } from '../data/itemMixture.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';
import { withMixedItems } from '../sparse/mixedItems.ts';
import type { ModelPart } from './part.ts';
import { floats, integers, vectorLength } from './tensors.ts';
import type { Tensor, Tensors } from './tensors.ts';

/** A recommender that holds a matrix of items × items, or null, under the part's name. */
export type HasMatrix<Name extends string> = { readonly [Field in Name]: SparseItemMatrix | null };

/** The fields of {@link ModelPart} for a part that is a matrix of items × items. */
export function sparsePart<const Name extends string>(name: Name) {
  const held = (matrix: SparseItemMatrix | null): HasMatrix<Name> => ({ [name]: matrix }) as HasMatrix<Name>;
  const fittedToTensors = ({ offsets, items, weights }: SparseItemMatrix): Record<string, Tensor> => ({
    [`${name}.offsets`]: { shape: [offsets.length], data: offsets },
    [`${name}.items`]: { shape: [items.length], data: toInt32(items) },
    [`${name}.weights`]: { shape: [items.length], data: weights },
  });
  return {
    name,
    toTensors(model: HasMatrix<Name>): Record<string, Tensor> {
      const matrix = model[name];
      return matrix ? fittedToTensors(matrix) : {};
    },
    fromTensors: (tensors: Tensors, numItems: number) =>
      held(`${name}.weights` in tensors ? matrixFrom(tensors, name, numItems) : null),
    fittedToTensors,
    fittedFromTensors: (tensors: Tensors): SparseItemMatrix =>
      matrixFrom(tensors, name, vectorLength(tensors, `${name}.offsets`) - 1),
    withNewItems(model: HasMatrix<Name>, mixtures: readonly ItemMixture[]) {
      const matrix = model[name];
      return held(matrix && withMixedItems(matrix, mixtures));
    },
  } satisfies Omit<ModelPart<HasMatrix<Name>>, 'features'>;
}

function toInt32(items: Int32Array | Uint16Array): Int32Array {
  return items instanceof Int32Array ? items : Int32Array.from(items);
}

function matrixFrom(tensors: Tensors, name: string, numItems: number): SparseItemMatrix {
  const offsets = integers(tensors, `${name}.offsets`, [numItems + 1]);
  const numEntries = offsets[numItems];
  return {
    numItems,
    offsets,
    items: integers(tensors, `${name}.items`, [numEntries]),
    weights: floats(tensors, `${name}.weights`, [numEntries]),
  };
}
