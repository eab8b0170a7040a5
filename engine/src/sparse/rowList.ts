/** Rows of entries one behind the other, as many as there is room for. */
export class RowList {
  /** [rows + 1]: row r has the entries offsets[r] … offsets[r + 1]. */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float32Array;
  private numRows = 0;

  constructor(numRows: number, mostOfRow: number) {
    this.offsets = new Int32Array(numRows + 1);
    this.items = new Int32Array(numRows * mostOfRow);
    this.weights = new Float32Array(numRows * mostOfRow);
  }

  get size(): number {
    return this.offsets[this.numRows];
  }

  /** Copies a row behind the others. */
  push({ items, weights }: { items: Int32Array; weights: Float32Array }): void {
    const { size } = this;
    this.items.set(items, size);
    this.weights.set(weights, size);
    this.offsets[++this.numRows] = size + items.length;
  }
}
