const MAX_TABLE_SIZE = 1 << 23;

/** Numbers the movies of a data set from 0 in ascending order of their ids; a look-up per rating must be cheap. */
export class MovieIndex {
  readonly size: number;
  readonly #table: Int32Array | null;
  readonly #map: ReadonlyMap<number, number> | null;

  /** @param movieIds ascending */
  constructor(movieIds: readonly number[]) {
    this.size = movieIds.length;
    const highest = movieIds.at(-1) ?? 0;
    if (highest < MAX_TABLE_SIZE) {
      this.#map = null;
      this.#table = new Int32Array(highest + 1).fill(-1);
      for (const [index, movieId] of movieIds.entries()) this.#table[movieId] = index;
    } else {
      this.#table = null;
      this.#map = new Map(movieIds.map((movieId, index) => [movieId, index]));
    }
  }

  /** −1 for a movie that is not there. */
  indexOf(movieId: number): number {
    return (this.#table ? this.#table[movieId] : this.#map?.get(movieId)) ?? -1;
  }
}
