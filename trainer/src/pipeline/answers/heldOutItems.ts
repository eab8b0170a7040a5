import { seededRandom, shuffle, type HeldOutItems } from '@pocketrocket/engine';
import type { MeasuredSplit } from './heldOut.ts';

/** Users by whose items a fit that stops early knows when; more would take longer than training. */
const MAX_USERS = 1000;

/**
 * Items held out of a split, of users drawn by its seed; undefined where their histories are not in this process, or where
 * nobody was asked.
 */
export async function heldOutItemsOf({
  ratings,
  heldOut,
  seed,
}: MeasuredSplit): Promise<HeldOutItems | undefined> {
  if (!ratings.held || heldOut.users.length === 0) return undefined;
  const order = Int32Array.from(heldOut.users.keys());
  shuffle(order, seededRandom(seed));
  const { cases } = await heldOut.casesOf(order.slice(0, MAX_USERS).sort());
  const offsets = new Int32Array(cases.length + 1);
  cases.forEach(({ relevant }, place) => (offsets[place + 1] = (offsets[place] ?? 0) + relevant.length));
  return {
    userIndices: Int32Array.from(cases, ({ userIndex }) => userIndex),
    offsets,
    items: Int32Array.from(cases.flatMap(({ relevant }) => [...relevant])),
  };
}
