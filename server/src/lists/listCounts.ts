import type { ServedList } from './servedList.ts';

/** Lists of one ranker that this thread has made. */
export interface ListCount {
  ranker: ServedList['ranker'];
  /** True for those that say so of themselves. */
  degraded: boolean;
  count: number;
}

const counts = new Map<string, ListCount>();

/** Counts a list that was made. */
export function countList({ ranker, degradedReason }: Pick<ServedList, 'ranker' | 'degradedReason'>): void {
  const degraded = degradedReason !== null;
  const key = `${ranker} ${degraded}`;
  const before = counts.get(key);
  if (before) before.count++;
  else counts.set(key, { ranker, degraded, count: 1 });
}

/** Begins anew: what was made so far was nobody's. */
export function forgetListCounts(): void {
  counts.clear();
}

/** The lists that this thread has made so far. */
export function listCounts(): ListCount[] {
  return [...counts.values()].map((one) => ({ ...one }));
}
