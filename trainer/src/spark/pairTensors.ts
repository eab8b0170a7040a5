import { vectorIn } from './tensorsIn.ts';
import type { PairSums } from '@pocketrocket/engine';
import type { NamedTensors } from '../tensors/namedTensors.ts';

/** Sums of pairs as tensors: offsets by row, and of each entry its column and sum. */
export function pairsToTensors({ firstItem, offsets, items, sums }: PairSums): NamedTensors {
  return {
    firstItem: { shape: [1], data: Int32Array.of(firstItem) },
    offsets: { shape: [offsets.length], data: offsets },
    items: { shape: [items.length], data: items },
    sums: { shape: [sums.length], data: sums },
  };
}

/** The way back. @throws RangeError naming the tensor that is missing or of another type or length */
export function pairsFrom(tensors: NamedTensors): PairSums {
  const offsets = vectorIn(tensors, 'offsets', '<i4');
  const entries = offsets.at(-1) ?? 0;
  const [firstItem = 0] = vectorIn(tensors, 'firstItem', '<i4', 1);
  return {
    firstItem,
    offsets,
    items: vectorIn(tensors, 'items', '<i4', entries),
    sums: vectorIn(tensors, 'sums', '<f8', entries),
  };
}
