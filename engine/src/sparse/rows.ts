import type { Interactions } from '../data/interactions.ts';

/** A real sparse matrix, numRows × numColumns, row by row (CSR); a column may stand twice in a row and then adds up. */
export interface SparseRows {
  readonly numRows: number;
  readonly numColumns: number;
  /** [numRows + 1]; row r owns the entries offsets[r] … offsets[r + 1] − 1. */
  readonly offsets: Int32Array;
  /** [n] */
  readonly columns: Int32Array;
  /** [n] */
  readonly values: Float32Array;
}

/** Users × items with a one, or the weight given, [n], per interaction. */
export function userRows(interactions: Interactions, weights?: Float32Array): SparseRows {
  const { numUsers, numItems, userOffsets, itemIndices } = interactions;
  if (weights && weights.length !== itemIndices.length) {
    throw new RangeError(`${weights.length} weights for ${itemIndices.length} interactions`);
  }
  return {
    numRows: numUsers,
    numColumns: numItems,
    offsets: userOffsets,
    columns: itemIndices,
    values: weights ?? new Float32Array(itemIndices.length).fill(1),
  };
}

/** The transpose; the entries of each of its rows keep the order of the rows they come from. */
export function transposed({ numRows, numColumns, offsets, columns, values }: SparseRows): SparseRows {
  const transposedOffsets = new Int32Array(numColumns + 1);
  for (const column of columns) transposedOffsets[column + 1]++;
  for (let column = 0; column < numColumns; column++) {
    transposedOffsets[column + 1] += transposedOffsets[column];
  }
  const next = transposedOffsets.slice(0, numColumns);
  const rowOfEntry = new Int32Array(columns.length);
  const transposedValues = new Float32Array(columns.length);
  for (let row = 0; row < numRows; row++) {
    for (let entry = offsets[row]; entry < offsets[row + 1]; entry++) {
      const to = next[columns[entry]]++;
      rowOfEntry[to] = row;
      transposedValues[to] = values[entry];
    }
  }
  return {
    numRows: numColumns,
    numColumns: numRows,
    offsets: transposedOffsets,
    columns: rowOfEntry,
    values: transposedValues,
  };
}

/**
 * The same matrix with the columns `kept` only, renumbered in that order, and without rows that are then empty.
 *
 * @param kept distinct columns.
 */
export function withColumns(matrix: SparseRows, kept: Int32Array): SparseRows {
  const place = new Int32Array(matrix.numColumns).fill(-1);
  kept.forEach((column, index) => (place[column] = index));
  const offsets = [0];
  const columns = new Int32Array(matrix.columns.length);
  const values = new Float32Array(matrix.columns.length);
  let n = 0;
  for (let row = 0; row < matrix.numRows; row++) {
    for (let entry = matrix.offsets[row]; entry < matrix.offsets[row + 1]; entry++) {
      if (place[matrix.columns[entry]] < 0) continue;
      columns[n] = place[matrix.columns[entry]];
      values[n++] = matrix.values[entry];
    }
    if (n > offsets[offsets.length - 1]) offsets.push(n);
  }
  return {
    numRows: offsets.length - 1,
    numColumns: kept.length,
    offsets: Int32Array.from(offsets),
    columns: columns.subarray(0, n),
    values: values.subarray(0, n),
  };
}
