import { seededRandom, shuffle, type HeldOutItems, type ModelRecipe } from '@pocketrocket/engine';
import { stopsEarly } from '../fitting/earlyStops.ts';
import type { MeasuredSplit } from './heldOut.ts';

/** Users by whose items a fit that stops early knows when; more would take longer than training. */
const MAX_USERS = 1000;

/**
 * Items held out of a split, of users drawn by its seed who have a history there; undefined where no model of the recipe stops
 * early by them, or where nobody with a history was asked.
 *
 * They are the last in the order of which tuning takes the first: where there are enough, weights are chosen by others.
 */
export async function heldOutItemsOf(
  { ratings, heldOut, seed }: Pick<MeasuredSplit, 'ratings' | 'heldOut' | 'seed'>,
  recipe: ModelRecipe,
): Promise<HeldOutItems | undefined> {
  if (!stopsEarly(recipe)) return undefined;
  const { users } = heldOut;
  const order = Int32Array.from(users.keys());
  shuffle(order, seededRandom(seed));
  const withHistory = order.filter((place) => (ratings.userCounts[users[place] ?? -1] ?? 0) > 0);
  if (withHistory.length === 0) return undefined;
  const { cases } = await heldOut.casesOf(withHistory.slice(-MAX_USERS).sort());
  const offsets = new Int32Array(cases.length + 1);
  cases.forEach(({ relevant }, place) => (offsets[place + 1] = (offsets[place] ?? 0) + relevant.length));
  return {
    userIndices: Int32Array.from(cases, ({ userIndex }) => userIndex),
    offsets,
    items: Int32Array.from(cases.flatMap(({ relevant }) => [...relevant])),
  };
}
