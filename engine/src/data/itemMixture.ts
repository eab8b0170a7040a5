/** An item as a weighted mean of known ones. */
export interface ItemMixture {
  /** Rows of known items, the largest weight first. */
  readonly items: Int32Array;
  /** One per item; their sum is 1. */
  readonly weights: Float32Array;
}

/** [rows × width] → [(rows + mixtures) × width]. */
export function withMixedRows(
  rows: Float32Array,
  width: number,
  mixtures: readonly ItemMixture[],
): Float32Array<ArrayBuffer> {
  const all = new Float32Array(rows.length + mixtures.length * width);
  all.set(rows);
  mixtures.forEach(({ items, weights }, index) => {
    const to = rows.length + index * width;
    for (let place = 0; place < items.length; place++) {
      const from = items[place] * width;
      const weight = weights[place];
      for (let c = 0; c < width; c++) all[to + c] += weight * rows[from + c];
    }
  });
  return all;
}
