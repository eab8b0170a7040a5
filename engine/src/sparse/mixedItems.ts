import type { ItemMixture } from '../data/itemMixture.ts';
import type { SparseItemMatrix } from './itemMatrix.ts';
import { StrongestFirstRow } from './strongestFirstRow.ts';

/** Adds a column and a row per mixture. */
export function withMixedItems(matrix: SparseItemMatrix, mixtures: readonly ItemMixture[]): SparseItemMatrix {
  const { numItems, offsets, items, weights } = matrix;
  const mixedIn: (Part[] | undefined)[] = Array.from({ length: numItems });
  mixtures.forEach((mixture, index) => {
    mixture.items.forEach((item, place) => {
      (mixedIn[item] ??= []).push({ column: numItems + index, weight: mixture.weights[place] });
    });
  });
  const row = new StrongestFirstRow(numItems + mixtures.length);
  const addedColumns = Array.from({ length: numItems }, (_, item) => {
    for (let entry = offsets[item]; entry < offsets[item + 1]; entry++) {
      const parts = mixedIn[items[entry]];
      if (parts) for (const { column, weight } of parts) row.add(column, weight * weights[entry]);
    }
    return row.take(item);
  });
  const addedRows = mixtures.map((mixture, index) => {
    mixture.items.forEach((source, place) => {
      const share = mixture.weights[place];
      for (let entry = offsets[source]; entry < offsets[source + 1]; entry++) {
        row.add(items[entry], share * weights[entry]);
      }
      const further = addedColumns[source];
      for (let entry = 0; entry < further.items.length; entry++)
        row.add(further.items[entry], share * further.weights[entry]);
    });
    return row.take(numItems + index);
  });

  const numAdded = [...addedColumns, ...addedRows].reduce((sum, added) => sum + added.items.length, 0);
  const all = {
    numItems: numItems + mixtures.length,
    offsets: new Int32Array(numItems + mixtures.length + 1),
    items: new Int32Array(items.length + numAdded),
    weights: new Float32Array(items.length + numAdded),
  };
  [...addedColumns, ...addedRows].forEach((added, item) => {
    let size = all.offsets[item];
    if (item < numItems) {
      all.items.set(items.subarray(offsets[item], offsets[item + 1]), size);
      all.weights.set(weights.subarray(offsets[item], offsets[item + 1]), size);
      size += offsets[item + 1] - offsets[item];
    }
    all.items.set(added.items, size);
    all.weights.set(added.weights, size);
    all.offsets[item + 1] = size + added.items.length;
  });
  return all;
}

/** A known item's share in a new one. */
interface Part {
  /** Of the new item. */
  readonly column: number;
  readonly weight: number;
}
