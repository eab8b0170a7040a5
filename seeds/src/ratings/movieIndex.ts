const MAX_TABLE_SIZE = 1 << 23;

/** Numbers the movies of a data set from 0 in ascending order of their ids; a look-up per rating must be cheap. */
export class MovieIndex {
  readonly size: number;
  /** The id that the table begins with. */
  readonly #lowest: number;
  readonly #table: Int32Array | null;
  readonly #map: ReadonlyMap<number, number> | null;

  /** @param movieIds ascending */
  constructor(movieIds: readonly number[]) {
    this.size = movieIds.length;
    this.#lowest = movieIds[0] ?? 0;
    const span = (movieIds.at(-1) ?? 0) - this.#lowest + 1;
    if (span <= MAX_TABLE_SIZE) {
      this.#map = null;
      this.#table = new Int32Array(span).fill(-1);
      for (const [index, movieId] of movieIds.entries()) this.#table[movieId - this.#lowest] = index;
    } else {
      this.#table = null;
      this.#map = new Map(movieIds.map((movieId, index) => [movieId, index]));
    }
  }

  /** −1 for a movie that is not there. */
  indexOf(movieId: number): number {
    return (this.#table ? this.#table[movieId - this.#lowest] : this.#map?.get(movieId)) ?? -1;
  }
}
