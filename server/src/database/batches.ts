export { groupBy, placeholders } from '@pocketrocket/schema/database';

/** One entry per key, in the order of the keys; null where no row has the key. */
export function inOrder<T>(
  keys: readonly number[],
  rows: readonly T[],
  keyOf: (row: T) => number,
): (T | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}
