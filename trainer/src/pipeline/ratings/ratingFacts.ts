import type { InteractionRows } from '@pocketrocket/engine';

/** Facts of ratings as a whole, whose size does not depend on their number. */
export interface RatingFacts {
  readonly numRatings: number;
  /** Ratings by stars, ascending. */
  readonly histogram: readonly { readonly stars: number; readonly count: number }[];
  /** The first and the last known time, Unix seconds; null where none is known. */
  readonly span: { readonly first: number; readonly last: number } | null;
  readonly numUntimed: number;
  /** Ratings of known time by year (UTC), ascending; years without any are left out. */
  readonly years: readonly { readonly year: number; readonly count: number }[];
}

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { floor, max, min } = Math;

const SECONDS_PER_DAY = 86_400;

/** Describes ratings in rows of any order. */
export function factsOfRows({
  ratings,
  timestamps,
}: Pick<InteractionRows, 'ratings' | 'timestamps'>): RatingFacts {
  const byStars = new Map<number, number>();
  for (const stars of ratings) count(byStars, stars, 1);
  const byDay = new Map<number, number>();
  let numUntimed = 0;
  let first = Infinity;
  let last = -Infinity;
  for (const time of timestamps) {
    if (Number.isNaN(time)) numUntimed++;
    else {
      first = min(first, time);
      last = max(last, time);
      count(byDay, floor(time / SECONDS_PER_DAY), 1);
    }
  }
  const byYear = new Map<number, number>();
  for (const [day, ofDay] of byDay)
    count(byYear, new Date(1000 * SECONDS_PER_DAY * day).getUTCFullYear(), ofDay);
  return {
    numRatings: ratings.length,
    histogram: ascending(byStars).map(([stars, ofStars]) => ({ stars, count: ofStars })),
    span: last >= first ? { first, last } : null,
    numUntimed,
    years: ascending(byYear).map(([year, ofYear]) => ({ year, count: ofYear })),
  };
}

function count(counts: Map<number, number>, key: number, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}

function ascending(counts: ReadonlyMap<number, number>): [number, number][] {
  return [...counts].sort(([a], [b]) => a - b);
}
