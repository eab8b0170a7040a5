const { abs, min } = Math;

/** Columns above this would not fit into a sort key beside a weight; wasm32 memory ends long before. */
const MAX_COLUMNS = 2 ** 21;
/** Bits of a float32 that is larger than all finite ones. */
const INFINITY_BITS = 0x7f800000;
/** A weight's upper bits, by which most of a long row are passed over unsorted. */
const BUCKET_BITS = 11;
const BUCKETS = 2 ** BUCKET_BITS;
const BUCKET_SHIFT = 31 - BUCKET_BITS;

/**
 * A sparse row in the making, the largest magnitude first.
 *
 * `RowAccumulator` keeps the k largest positive sums; this one has sums of either sign.
 */
export class StrongestFirstRow {
  private readonly sums: Float64Array;
  private readonly touched: Int32Array;
  private readonly isTouched: Uint8Array;
  private readonly keys: Float64Array;
  private readonly items: Int32Array;
  private readonly weights: Float32Array;
  private readonly magnitude = new Float32Array(1);
  private readonly bits = new Uint32Array(this.magnitude.buffer);
  private readonly bucketCounts = new Int32Array(BUCKETS);
  private size = 0;

  constructor(numColumns: number) {
    if (numColumns > MAX_COLUMNS) throw new RangeError(`${numColumns} items are more than ${MAX_COLUMNS}`);
    this.sums = new Float64Array(numColumns);
    this.touched = new Int32Array(numColumns);
    this.isTouched = new Uint8Array(numColumns);
    this.keys = new Float64Array(numColumns);
    this.items = new Int32Array(numColumns);
    this.weights = new Float32Array(numColumns);
  }

  add(column: number, value: number): void {
    if (this.isTouched[column] === 0) {
      this.isTouched[column] = 1;
      this.touched[this.size++] = column;
    }
    this.sums[column] += value;
  }

  /**
   * The columns touched but for one, by falling absolute float32 sum, then ascending, until the next call; the row is empty
   * again.
   * @param most columns returned, the first of that order
   */
  take(without: number, most = Infinity): { items: Int32Array; weights: Float32Array } {
    const { sums, touched, isTouched, keys } = this;
    const columns = this.withoutColumn(without);
    const weakest = columns > most ? this.bucketOf(columns, most) : 0;
    let kept = 0;
    // Loops: `from` with a function goes through an iterator, which is many times slower.
    for (let place = 0; place < columns; place++) {
      const bits = this.bitsOf(touched[place]);
      if (bits >>> BUCKET_SHIFT < weakest) continue;
      keys[kept++] = (INFINITY_BITS - bits) * MAX_COLUMNS + touched[place];
    }
    keys.subarray(0, kept).sort();
    const length = min(kept, most);
    const items = this.items.subarray(0, length);
    const weights = this.weights.subarray(0, length);
    for (let place = 0; place < length; place++) {
      const column = keys[place] % MAX_COLUMNS;
      items[place] = column;
      weights[place] = sums[column];
    }
    for (let place = 0; place < columns; place++) {
      sums[touched[place]] = 0;
      isTouched[touched[place]] = 0;
    }
    this.size = 0;
    return { items, weights };
  }

  /** Takes a column out of those touched; how many are left. */
  private withoutColumn(column: number): number {
    const { touched, size, sums, isTouched } = this;
    if (isTouched[column] !== 1) return size;
    touched[touched.indexOf(column)] = touched[size - 1];
    sums[column] = 0;
    isTouched[column] = 0;
    return size - 1;
  }

  /** The bucket of weights down to which there are `most` columns. */
  private bucketOf(columns: number, most: number): number {
    const { bucketCounts, touched } = this;
    bucketCounts.fill(0);
    for (let place = 0; place < columns; place++)
      bucketCounts[this.bitsOf(touched[place]) >>> BUCKET_SHIFT]++;
    let bucket = BUCKETS - 1;
    for (let counted = bucketCounts[bucket]; counted < most; counted += bucketCounts[bucket]) bucket--;
    return bucket;
  }

  /** The bits of the magnitude of a column's sum; positive floats are in the order of their bits. */
  private bitsOf(column: number): number {
    this.magnitude[0] = abs(this.sums[column]);
    return this.bits[0];
  }
}
