// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { fround } = Math;

/** A sparse matrix of weights from item to item: the strongest of each row, more for some items than for others. */
export interface SparseItemMatrix {
  readonly numItems: number;
  /** [numItems + 1]: row i holds the entries offsets[i] … offsets[i + 1]. */
  readonly offsets: Int32Array;
  /** [entries] targets, in each row strongest first; of 16 bits where it is a view of a kernel's memory. */
  readonly items: Int32Array | Uint16Array;
  /** [entries] */
  readonly weights: Float32Array;
}

/** Rows of one length in the making, [numItems × width], strongest first; items are −1 where a row has fewer. */
export interface PaddedRows {
  readonly numItems: number;
  readonly width: number;
  readonly items: Int32Array;
  readonly weights: Float32Array;
}

/** Empty rows of `width` entries. */
export function paddedRows(numItems: number, width: number): PaddedRows {
  return {
    numItems,
    width,
    items: new Int32Array(numItems * width).fill(-1),
    weights: new Float32Array(numItems * width),
  };
}

/**
 * The rows without their padding.
 * @param most the number of entries stored, those of the largest magnitudes, equal ones by row; all where left out.
 */
export function packRows({ numItems, width, items, weights }: PaddedRows, most = Infinity): SparseItemMatrix {
  const { threshold, numEqual } = thresholdOf(weights, most);
  const capacity = Math.min(most, weights.length);
  const packed = { items: new Int32Array(capacity), weights: new Float32Array(capacity) };
  const offsets = new Int32Array(numItems + 1);
  let size = 0;
  let equalLeft = numEqual;
  for (let item = 0; item < numItems; item++) {
    for (let entry = item * width; entry < (item + 1) * width && items[entry] >= 0; entry++) {
      const magnitude = Math.abs(weights[entry]);
      if (magnitude < threshold || (magnitude === threshold && equalLeft-- <= 0)) break;
      packed.items[size] = items[entry];
      packed.weights[size++] = weights[entry];
    }
    offsets[item + 1] = size;
  }
  return { numItems, offsets, items: packed.items.slice(0, size), weights: packed.weights.slice(0, size) };
}

/** The magnitude above which all of the `most` largest lie, and how many of those equal to it make up their number. */
function thresholdOf(weights: Float32Array, most: number): { threshold: number; numEqual: number } {
  if (weights.length <= most) return { threshold: -1, numEqual: 0 };
  // The bits of positive floats are in the order of their values: select by the upper half, then by the lower.
  const bits = new Uint32Array(weights.map(Math.abs).buffer);
  const select = (rank: number, shift: number, isOf: (value: number) => boolean): [number, number] => {
    const counts = new Int32Array(1 << 16);
    for (const value of bits) if (isOf(value)) counts[(value >>> shift) & 0xffff]++;
    let bucket = 0xffff;
    for (; bucket > 0 && counts[bucket] < rank; bucket--) rank -= counts[bucket];
    return [bucket, rank];
  };
  const [high, rankInHigh] = select(most, 16, () => true);
  const [low, numEqual] = select(rankInHigh, 0, (value) => value >>> 16 === high);
  const threshold = new Float32Array(Uint32Array.of(high * 0x10000 + low).buffer)[0];
  return { threshold, numEqual };
}

/**
 * Adds the scores of a history to `out`: out[j] += Σ_i weight_i · B[i, j] over the items i of the history, in float32.
 *
 * @param items the history.
 * @param weights one per item of the history; all 1 where left out.
 * @param out [numItems], added to in place.
 */
export function scoreSparse(
  matrix: SparseItemMatrix,
  items: Int32Array,
  weights: Float32Array | undefined,
  out: Float32Array,
): void {
  const { offsets } = matrix;
  for (let index = 0; index < items.length; index++) {
    const weight = weights ? weights[index] : 1;
    if (weight === 0) continue;
    const end = offsets[items[index] + 1];
    for (let entry = offsets[items[index]]; entry < end; entry++) {
      const target = matrix.items[entry];
      out[target] = fround(out[target] + fround(weight * matrix.weights[entry]));
    }
  }
}
