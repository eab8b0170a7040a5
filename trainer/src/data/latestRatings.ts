import { orderByPair } from '@pocketrocket/formats';
import type { RatingTable } from './ratingTable.ts';

/**
 * Leaves of the ratings of one user and movie the latest, and where times are equal or one is unknown the later row, as imports do. The others keep their order.
 * @returns the table itself where no pair repeats, and how many ratings were left out
 */
export function latestRatings(table: RatingTable): { table: RatingTable; numLeftOut: number } {
  const { userIds, movieIds, timestamps } = table;
  if (isAscending(table)) return { table, numLeftOut: 0 };
  const isLeftOut = new Uint8Array(userIds.length);
  let numLeftOut = 0;
  let best = -1;
  for (const row of orderByPair({ length: userIds.length, userIds, movieIds })) {
    if (best >= 0 && userIds[best] === userIds[row] && movieIds[best] === movieIds[row]) {
      // A comparison with NaN is false: beside an unknown time the later row counts.
      const isEarlier = (timestamps[row] ?? NaN) < (timestamps[best] ?? NaN);
      isLeftOut[isEarlier ? row : best] = 1;
      numLeftOut++;
      if (isEarlier) continue;
    }
    best = row;
  }
  if (numLeftOut === 0) return { table, numLeftOut };
  const isKept = (_: number, row: number) => isLeftOut[row] === 0;
  return {
    table: {
      userIds: userIds.filter(isKept),
      movieIds: movieIds.filter(isKept),
      ratings: table.ratings.filter(isKept),
      timestamps: timestamps.filter(isKept),
    },
    numLeftOut,
  };
}

/** True where every row's user and movie come after the last one's: then none repeats. */
function isAscending({ userIds, movieIds }: RatingTable): boolean {
  for (let row = 1; row < userIds.length; row++) {
    const byUser = (userIds[row] ?? 0) - (userIds[row - 1] ?? 0);
    if (byUser < 0 || (byUser === 0 && (movieIds[row] ?? 0) <= (movieIds[row - 1] ?? 0))) return false;
  }
  return true;
}
