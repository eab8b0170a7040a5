import { topK } from '../search/topK.ts';
import type { Candidates } from '../search/topK.ts';

/** One row of a matrix in the making: sums by column, at a cost in proportion to the columns touched. */
export class RowAccumulator {
  private readonly sums: Float64Array;
  private readonly touched: Int32Array;
  private readonly isTouched: Uint8Array;
  private size = 0;

  constructor(numColumns: number) {
    this.sums = new Float64Array(numColumns);
    this.touched = new Int32Array(numColumns);
    this.isTouched = new Uint8Array(numColumns);
  }

  add(column: number, value: number): void {
    if (this.isTouched[column] === 0) {
      this.isTouched[column] = 1;
      this.touched[this.size++] = column;
    }
    this.sums[column] += value;
  }

  /** All columns that were added to, ascending, with their sums; then the row is empty again. */
  takeAll(): { columns: Int32Array; sums: Float64Array } {
    const columns = this.touched.slice(0, this.size).sort();
    const sums = Float64Array.from(columns, (column) => this.sums[column]);
    this.clear(columns);
    return { columns, sums };
  }

  /**
   * The k columns of largest positive sum · scale, descending, equal ones by ascending column; then the row is empty again.
   * @param without a column that must not be returned
   */
  takeStrongest(k: number, without: number, scaleOf: (column: number) => number): Candidates {
    const columns = this.touched.subarray(0, this.size).sort();
    const scores = Float32Array.from(columns, (column) =>
      column === without ? 0 : this.sums[column] * scaleOf(column),
    );
    this.clear(columns);
    const best = topK(ONE, scores, 1, k);
    const firstZero = best.scores.findIndex((score) => score <= 0);
    const length = firstZero < 0 ? best.items.length : firstZero;
    return {
      items: best.items.slice(0, length).map((place) => columns[place]),
      scores: best.scores.slice(0, length),
    };
  }

  private clear(columns: Int32Array): void {
    for (const column of columns) {
      this.sums[column] = 0;
      this.isTouched[column] = 0;
    }
    this.size = 0;
  }
}

const ONE = Float32Array.of(1);
