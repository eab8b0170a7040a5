/** Implicit feedback of numUsers × numItems as rows grouped by user (CSR), each user's history oldest first. */
export interface Interactions {
  readonly numUsers: number;
  readonly numItems: number;
  /** [numUsers + 1]; user u owns the rows userOffsets[u] … userOffsets[u + 1] − 1. */
  readonly userOffsets: Int32Array;
  /** [n] dense item rows. */
  readonly itemIndices: Int32Array;
  /** [n] stars, 0.5 … 5. */
  readonly ratings: Float32Array;
  /** [n] Unix seconds; NaN where unknown. */
  readonly timestamps: Float64Array;
}

/** The same rows before grouping, in file order; all four arrays have length n. */
export interface InteractionRows {
  readonly userIndices: Int32Array;
  readonly itemIndices: Int32Array;
  readonly ratings: Float32Array;
  readonly timestamps: Float64Array;
}

/**
 * Groups rows by user and sorts each history by time, oldest first.
 *
 * Stable: equal times keep file order; rows of unknown time keep file order and come before those of known time.
 * Users without rows get an empty range.
 * @throws RangeError when the arrays differ in length or a row names a user or item out of range.
 */
export function groupByUser(rows: InteractionRows, numUsers: number, numItems: number): Interactions {
  const n = rows.userIndices.length;
  if (rows.itemIndices.length !== n || rows.ratings.length !== n || rows.timestamps.length !== n) {
    throw new RangeError('interaction rows: the four arrays must have the same length');
  }
  const userOffsets = new Int32Array(numUsers + 1);
  for (let row = 0; row < n; row++) {
    const userIndex = rows.userIndices[row];
    const itemIndex = rows.itemIndices[row];
    if (userIndex < 0 || userIndex >= numUsers || itemIndex < 0 || itemIndex >= numItems) {
      throw new RangeError(
        `interaction row ${row}: user ${userIndex}, item ${itemIndex} outside ${numUsers} × ${numItems}`,
      );
    }
    userOffsets[userIndex + 1]++;
  }
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    userOffsets[userIndex + 1] += userOffsets[userIndex];
  }

  const order = new Int32Array(n);
  const next = userOffsets.slice(0, numUsers);
  for (let row = 0; row < n; row++) order[next[rows.userIndices[row]]++] = row;
  const sortKey = rows.timestamps.map((time) => (Number.isNaN(time) ? -Infinity : time));
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    order.subarray(userOffsets[userIndex], userOffsets[userIndex + 1]).sort(
      // Two unknown times would give −∞ − −∞ = NaN, hence the comparison before the difference.
      (a, b) => (sortKey[a] === sortKey[b] ? a - b : sortKey[a] - sortKey[b]),
    );
  }

  const itemIndices = new Int32Array(n);
  const ratings = new Float32Array(n);
  const timestamps = new Float64Array(n);
  for (let position = 0; position < n; position++) {
    const row = order[position];
    itemIndices[position] = rows.itemIndices[row];
    ratings[position] = rows.ratings[row];
    timestamps[position] = rows.timestamps[row];
  }
  return { numUsers, numItems, userOffsets, itemIndices, ratings, timestamps };
}

/** Counts the interactions of each item, [numItems]. */
export function countItems(interactions: Interactions): Int32Array {
  const counts = new Int32Array(interactions.numItems);
  for (const itemIndex of interactions.itemIndices) counts[itemIndex]++;
  return counts;
}

/** The user of each row, [n]. */
export function usersOfRows({ numUsers, userOffsets, itemIndices }: Interactions): Int32Array {
  const users = new Int32Array(itemIndices.length);
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    users.fill(userIndex, userOffsets[userIndex], userOffsets[userIndex + 1]);
  }
  return users;
}
