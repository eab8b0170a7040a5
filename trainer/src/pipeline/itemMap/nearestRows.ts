import { exactIndex, type ExactIndex } from '@pocketrocket/engine';
import { setImmediate } from 'node:timers/promises';

/** Rows that are looked up between two turns of the event loop. */
const ROWS_PER_TURN = 256;

/** Unit vectors, row-major, and what finds the nearest of them. */
export interface UnitVectors {
  readonly vectors: Float32Array;
  readonly dim: number;
  readonly numRows: number;
  readonly index: ExactIndex;
}

/** Vectors of length 1, from which the mean of all was taken: a direction that all share tells none apart. */
export function unitVectors(vectors: Float32Array, dim: number): UnitVectors {
  const unit = Float32Array.from(vectors);
  const numRows = unit.length / dim;
  const centre = new Float64Array(dim);
  for (let at = 0; at < unit.length; at++)
    centre[at % dim] = (centre[at % dim] ?? 0) + (unit[at] ?? 0) / numRows;
  for (let start = 0; start < unit.length; start += dim) {
    let square = 0;
    for (let d = 0; d < dim; d++) square += ((unit[start + d] ?? 0) - (centre[d] ?? 0)) ** 2;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let d = 0; d < dim; d++) unit[start + d] = ((unit[start + d] ?? 0) - (centre[d] ?? 0)) * scale;
  }
  return { vectors: unit, dim, numRows, index: exactIndex(unit, dim) };
}

/** The vectors of some rows. */
export function rowsOf({ vectors, dim }: UnitVectors, rows: Int32Array): UnitVectors {
  const chosen = new Float32Array(rows.length * dim);
  rows.forEach((row, place) => chosen.set(vectors.subarray(row * dim, (row + 1) * dim), place * dim));
  return { vectors: chosen, dim, numRows: rows.length, index: exactIndex(chosen, dim) };
}

/**
 * Hands the k rows of largest cosine to each query to a function, in the order of the queries.
 * @param own true where the queries are the rows themselves: none is its own neighbour
 */
export async function eachNearest(
  queries: UnitVectors,
  among: UnitVectors,
  { k, own, signal, onRow }: NearestOptions,
): Promise<void> {
  const eligible = own ? new Uint8Array(among.numRows).fill(1) : undefined;
  for (let row = 0; row < queries.numRows; row++) {
    if (eligible) eligible[row] = 0;
    const query = queries.vectors.subarray(row * queries.dim, (row + 1) * queries.dim);
    const { items, scores } = among.index.topK(query, k, eligible);
    if (eligible) eligible[row] = 1;
    onRow(row, items, scores);
    if (row % ROWS_PER_TURN === 0) {
      await setImmediate();
      signal.throwIfAborted();
    }
  }
}

export interface NearestOptions {
  k: number;
  own: boolean;
  signal: AbortSignal;
  onRow: (row: number, items: Int32Array, cosines: Float32Array) => void;
}
