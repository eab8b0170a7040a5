const THRESHOLDS = 4;

/**
 * Counts as stars, 1 to 5, by the fifth of the user's own counts in which each stands. Equal counts share the middle of their places, so that a user whose
 * counts are all alike has 3 stars everywhere.
 */
export class Quintiles {
  readonly #users = new Map<number, number>();
  #thresholds = new Float32Array(THRESHOLDS * 64);

  /** Takes all counts of a user, once. Sorts them in place. */
  add(userId: number, counts: Float32Array): void {
    const index = this.#users.size;
    if ((index + 1) * THRESHOLDS > this.#thresholds.length) {
      const larger = new Float32Array(this.#thresholds.length * 2);
      larger.set(this.#thresholds);
      this.#thresholds = larger;
    }
    this.#users.set(userId, index);
    this.#thresholds.set(thresholdsOf(counts.sort()), index * THRESHOLDS);
  }

  /** 2, 4, 6, 8 or 10. The user must have been added. */
  halfStars(userId: number, count: number): number {
    const start = (this.#users.get(userId) ?? 0) * THRESHOLDS;
    let stars = 1;
    while (stars <= THRESHOLDS && count >= (this.#thresholds[start + stars - 1] ?? Infinity)) stars++;
    return 2 * stars;
  }
}

/** The least counts that are 2, 3, 4 and 5 stars; Infinity where none is. @param sorted ascending */
function thresholdsOf(sorted: Float32Array): Float32Array {
  const thresholds = new Float32Array(THRESHOLDS).fill(Infinity);
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    const fifth = Math.floor((5 * (start + end)) / (2 * sorted.length));
    for (let below = 0; below < fifth; below++)
      thresholds[below] = Math.min(thresholds[below] ?? Infinity, sorted[start] ?? 0);
    start = end;
  }
  return thresholds;
}
