const FIRST_CAPACITY = 64;
const NUM_REMEMBERED = 10;

/** Lines of ratings that do not count, as another one of the same pair does: all their numbers, and of the first ones in the file also the pair. */
export class DuplicateLines {
  length = 0;
  #lines = new Uint32Array(FIRST_CAPACITY);
  #first: { line: number; userId: number; movieId: number }[] = [];

  add(line: number, userId: number, movieId: number): void {
    if (this.length === this.#lines.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#lines);
      this.#lines = larger;
    }
    this.#lines[this.length++] = line;
    if (this.#first.length === NUM_REMEMBERED && line > (this.#first.at(-1)?.line ?? 0)) return;
    this.#first.push({ line, userId, movieId });
    this.#first.sort((left, right) => left.line - right.line);
    this.#first.splice(NUM_REMEMBERED);
  }

  /** The first ten in the file. */
  get first(): readonly { line: number; userId: number; movieId: number }[] {
    return this.#first;
  }

  /** Ascending. */
  sortedLines(): Uint32Array {
    return this.#lines.slice(0, this.length).sort();
  }
}
