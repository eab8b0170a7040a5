import type { InteractionRows } from '../data/interactions.ts';
import { mt19937 } from '../random/mt19937.ts';

/** Row numbers into the interaction rows that were split, each list ascending, so that file order is kept. */
export interface Split {
  readonly train: Int32Array;
  readonly holdout: Int32Array;
}

/**
 * Holds out each user's latest interaction (leave-last-out; He et al. 2017, section 4.1).
 *
 * The last of equal times in file order counts as the latest; an unknown time comes before every known one. A user with
 * a single interaction keeps it for training and is not evaluated.
 */
export function splitLastOut(rows: InteractionRows): Split {
  const timeOf = (row: number): number => sortableTime(rows.timestamps[row]);
  return splitOneEach(rows, (row, latest) => latest < 0 || timeOf(row) >= timeOf(latest));
}

/**
 * Keeps a fixed share of every user's interactions, drawn at random, for training and holds out the rest.
 *
 * One MT19937 draw a row in file order; rows sorted by (user, draw); a user's first round-half-even(share · count)
 * rows are training. `splitUserStratified(rows, 42)` is the 75/25 split of protocol 3, equal to numpy's `seed(42)`.
 */
export function splitUserStratified(rows: InteractionRows, seed: number, trainShare = 0.75): Split {
  const random = mt19937(seed);
  const draws = Float64Array.from(rows.userIndices, () => random());
  const order = rows.userIndices
    .map((_, row) => row)
    .sort((a, b) => rows.userIndices[a] - rows.userIndices[b] || draws[a] - draws[b]);
  return splitFirstShare(rows, order, trainShare);
}

/**
 * Holds out one interaction of each user, drawn at random: leave-one-out that does not ask when. A user with a single one keeps
 * it for training and is not evaluated.
 */
export function splitOneOut(rows: InteractionRows, seed: number): Split {
  const random = mt19937(seed);
  // Of n rows met so far each is the drawn one with probability 1/n.
  return splitOneEach(rows, (_row, _drawn, numMet) => random() * numMet < 1);
}

/**
 * Holds out the latest share of every user's interactions: of each the first round-half-even(share · count) are training.
 *
 * The last of equal times in file order counts as the latest; an unknown time comes before every known one.
 */
export function splitUserOrdered(rows: InteractionRows, trainShare: number): Split {
  const { userIndices, timestamps } = rows;
  const order = userIndices
    .map((_, row) => row)
    .sort((a, b) => {
      if (userIndices[a] !== userIndices[b]) return userIndices[a] - userIndices[b];
      const [timeA, timeB] = [sortableTime(timestamps[a]), sortableTime(timestamps[b])];
      return timeA === timeB ? a - b : timeA - timeB;
    });
  return splitFirstShare(rows, order, trainShare);
}

/**
 * Holds out the last share of the whole log: what a system that trains once meets while it serves.
 *
 * The share counts rows of known time; equal times keep file order; rows of unknown time stay in training.
 */
export function splitByTime(rows: InteractionRows, holdoutShare = 0.2): Split {
  const timed = rows.userIndices.map((_, row) => row).filter((row) => !Number.isNaN(rows.timestamps[row]));
  timed.sort((a, b) => rows.timestamps[a] - rows.timestamps[b] || a - b);
  const inHoldout = new Uint8Array(rows.userIndices.length);
  for (const row of timed.subarray(timed.length - roundHalfEven(holdoutShare * timed.length))) {
    inHoldout[row] = 1;
  }
  return splitBy(rows, (row) => inHoldout[row] === 1);
}

/** The named rows, in the order named. */
export function takeRows(rows: InteractionRows, rowNumbers: Int32Array): InteractionRows {
  return {
    userIndices: rowNumbers.map((row) => rows.userIndices[row]),
    itemIndices: rowNumbers.map((row) => rows.itemIndices[row]),
    ratings: Float32Array.from(rowNumbers, (row) => rows.ratings[row]),
    timestamps: Float64Array.from(rowNumbers, (row) => rows.timestamps[row]),
  };
}

/** Rounds to the nearest integer, halves to the even one, as IEEE 754, numpy and Python do. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (fraction === 0.5) return floor % 2 === 0 ? floor : floor + 1;
  return fraction < 0.5 ? floor : floor + 1;
}

/**
 * Holds out one row of each user who has more than one.
 * @param takes called for each row in file order, with the user's row held out so far (−1 for none) and how many of the user's rows
 *   were met, this one too; true puts the row in its place
 */
function splitOneEach(
  rows: InteractionRows,
  takes: (row: number, heldOut: number, numMet: number) => boolean,
): Split {
  const counts = new Int32Array(countUsers(rows));
  const heldOutRow = new Int32Array(counts.length).fill(-1);
  rows.userIndices.forEach((userIndex, row) => {
    if (takes(row, heldOutRow[userIndex], ++counts[userIndex])) heldOutRow[userIndex] = row;
  });
  return splitBy(rows, (row) => {
    const userIndex = rows.userIndices[row];
    return counts[userIndex] > 1 && heldOutRow[userIndex] === row;
  });
}

/** Keeps the first share of every user's rows. @param order [rows] row numbers, user by user */
function splitFirstShare(rows: InteractionRows, order: Int32Array, trainShare: number): Split {
  const counts = new Int32Array(countUsers(rows));
  for (const userIndex of rows.userIndices) counts[userIndex]++;
  const inHoldout = new Uint8Array(order.length);
  let start = 0;
  for (const count of counts) {
    for (const row of order.subarray(start + roundHalfEven(trainShare * count), start + count)) {
      inHoldout[row] = 1;
    }
    start += count;
  }
  return splitBy(rows, (row) => inHoldout[row] === 1);
}

function splitBy(rows: InteractionRows, isHeldOut: (row: number) => boolean): Split {
  const rowNumbers = rows.userIndices.map((_, row) => row);
  return {
    train: rowNumbers.filter((row) => !isHeldOut(row)),
    holdout: rowNumbers.filter((row) => isHeldOut(row)),
  };
}

function countUsers(rows: InteractionRows): number {
  return rows.userIndices.reduce((numUsers, userIndex) => Math.max(numUsers, userIndex + 1), 0);
}

function sortableTime(timestamp: number): number {
  return Number.isNaN(timestamp) ? -Infinity : timestamp;
}
