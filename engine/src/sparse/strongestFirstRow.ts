const { abs } = Math;

/** Columns above this would not fit into a sort key beside a weight; wasm32 memory ends long before. */
const MAX_COLUMNS = 2 ** 21;
/** Bits of a float32 that is larger than all finite ones. */
const INFINITY_BITS = 0x7f800000;

/**
 * A sparse row in the making whose entries all stay, the largest magnitude first.
 *
 * `RowAccumulator` has float32 sums and keeps the k largest positive ones; this one has float64 sums of either sign.
 */
export class StrongestFirstRow {
  private readonly sums: Float64Array;
  private readonly touched: Int32Array;
  private readonly isTouched: Uint8Array;
  private readonly keys: Float64Array;
  private readonly magnitude = new Float32Array(1);
  private readonly bits = new Uint32Array(this.magnitude.buffer);
  private size = 0;

  constructor(numColumns: number) {
    if (numColumns > MAX_COLUMNS) throw new RangeError(`${numColumns} items are more than ${MAX_COLUMNS}`);
    this.sums = new Float64Array(numColumns);
    this.touched = new Int32Array(numColumns);
    this.isTouched = new Uint8Array(numColumns);
    this.keys = new Float64Array(numColumns);
  }

  add(column: number, value: number): void {
    if (this.isTouched[column] === 0) {
      this.isTouched[column] = 1;
      this.touched[this.size++] = column;
    }
    this.sums[column] += value;
  }

  /** The columns touched but for one, by falling absolute float32 sum, then ascending; the row is empty again. */
  take(without: number): { items: Int32Array; weights: Float32Array } {
    const { size, touched, sums, isTouched, keys, magnitude, bits } = this;
    let kept = 0;
    // Loops: `from` with a function goes through an iterator, which is many times slower.
    for (let place = 0; place < size; place++) {
      const column = touched[place];
      isTouched[column] = 0;
      if (column === without) continue;
      magnitude[0] = abs(sums[column]);
      keys[kept++] = (INFINITY_BITS - bits[0]) * MAX_COLUMNS + column;
    }
    keys.subarray(0, kept).sort();
    const items = new Int32Array(kept);
    const weights = new Float32Array(kept);
    for (let place = 0; place < kept; place++) {
      const column = keys[place] % MAX_COLUMNS;
      items[place] = column;
      weights[place] = sums[column];
    }
    for (let place = 0; place < size; place++) sums[touched[place]] = 0;
    this.size = 0;
    return { items, weights };
  }
}
