import { Quintiles } from '@pocketrocket/formats';
import type { RatingTable } from './ratingTable.ts';

/** Turns the counts of tables into stars, in place, by the fifth of all of the user's counts in which each stands: those of one person in several tables go together. */
export function countsToStars(tables: readonly RatingTable[]): void {
  const byUser = new Map<number, number[]>();
  for (const { userIds, ratings } of tables)
    for (const [row, userId] of userIds.entries()) {
      const counts = byUser.get(userId);
      const count = ratings[row] ?? 0;
      if (counts) counts.push(count);
      else byUser.set(userId, [count]);
    }
  const quintiles = new Quintiles();
  for (const [userId, counts] of byUser) quintiles.add(userId, Float32Array.from(counts));
  for (const { userIds, ratings } of tables)
    for (const [row, userId] of userIds.entries())
      ratings[row] = quintiles.halfStars(userId, ratings[row] ?? 0) / 2;
}
