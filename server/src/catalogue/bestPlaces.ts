/** The best of many places by their scores, equal scores by ascending place; a heap with the worst of them at its root. */
export class BestPlaces {
  readonly #most: number;
  readonly #heap: { place: number; score: number }[] = [];

  /** @param most places that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a place where there is room, or where it is better than the worst. */
  offer(place: number, score: number): void {
    const [worst] = this.#heap;
    if (this.#heap.length < this.#most) this.#rise({ place, score });
    else if (worst && isWorse(worst, { place, score })) this.#sink({ place, score });
  }

  /** Best first. */
  sorted(): { place: number; score: number }[] {
    return [...this.#heap].sort((a, b) => (isWorse(a, b) ? 1 : -1));
  }

  #rise(entry: { place: number; score: number }): void {
    const heap = this.#heap;
    let hole = heap.push(entry) - 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent];
      if (!above || !isWorse(entry, above)) break;
      heap[hole] = above;
      hole = parent;
    }
    heap[hole] = entry;
  }

  /** Puts an entry in the root's stead. */
  #sink(entry: { place: number; score: number }): void {
    const heap = this.#heap;
    let hole = 0;
    for (;;) {
      const left = heap[2 * hole + 1];
      const right = heap[2 * hole + 2];
      const isRight = left !== undefined && right !== undefined && isWorse(right, left);
      const below = isRight ? right : left;
      if (below === undefined || !isWorse(below, entry)) break;
      heap[hole] = below;
      hole = 2 * hole + (isRight ? 2 : 1);
    }
    heap[hole] = entry;
  }
}

function isWorse(one: { place: number; score: number }, other: { place: number; score: number }): boolean {
  return one.score < other.score || (one.score === other.score && one.place > other.place);
}
