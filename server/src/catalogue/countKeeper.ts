import type { MovieTable } from './movieTable.ts';

/**
 * Takes what ratings change in a catalogue over into the one that takes its place: other threads rate on while that is made, and for a
 * moment afterwards.
 */
export class CountKeeper {
  readonly #from: MovieTable;
  readonly #counts: Int32Array;
  readonly #sums: Int32Array;

  /** To be made before the other catalogue is. */
  constructor(from: MovieTable) {
    this.#from = from;
    this.#counts = from.columns.ratingCounts.slice();
    this.#sums = from.columns.halfStarSums.slice();
  }

  /** Takes over what has changed since it was made or asked last. */
  carryOver(to: MovieTable): void {
    const { ratingCounts, halfStarSums } = this.#from.columns;
    for (let place = 0; place < this.#counts.length; place++) {
      const [count = 0, sum = 0] = [ratingCounts[place], halfStarSums[place]];
      if (count === this.#counts[place] && sum === this.#sums[place]) continue;
      this.#counts[place] = count;
      this.#sums[place] = sum;
      const there = to.placeOf(this.#from.movieId(place));
      if (there >= 0) to.recount(there, { ratingCount: count, halfStarSum: sum });
    }
  }
}
