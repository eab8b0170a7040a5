/** Seconds, or anything else that grows, at a number of ratings. */
export type Point = readonly [ratings: number, value: number];

/** Growth between two sizes, beside that before. */
export interface Growth {
  /** For each million of ratings between the two largest sizes. */
  perMillion: number;
  /** That beside what a million took between the two sizes before; 1 where it is linear. Null with fewer than three sizes. */
  againstBefore: number | null;
}

/** Growth between the two largest sizes; what does not grow, such as starting, is not in it. Null for fewer than two. */
export function growthOf(points: readonly Point[]): Growth | null {
  const [last, middle, first] = [...points].sort(([a], [b]) => b - a);
  if (!last || !middle) return null;
  const perMillion = slope(middle, last);
  return { perMillion, againstBefore: first ? perMillion / slope(first, middle) : null };
}

/** The line through the two largest sizes, at another one; null for fewer than two sizes. */
export function extrapolate(points: readonly Point[], ratings: number): number | null {
  const [last] = [...points].sort(([a], [b]) => b - a);
  const growth = growthOf(points);
  if (!last || !growth) return null;
  return last[1] + (growth.perMillion * (ratings - last[0])) / 1e6;
}

function slope([fewer, less]: Point, [more, greater]: Point): number {
  return (1e6 * (greater - less)) / (more - fewer);
}
