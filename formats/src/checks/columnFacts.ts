const MAX_DISTINCT = 2000;
const MAX_WORDS = 50;

/** The numbers and words that a column of ratings held, as far as they tell how it is written. */
export interface ColumnFacts {
  /** Rows with a number. */
  count: number;
  /** The number of rows of each number, by ascending number; where there are very many, those met first. */
  values: ReadonlyMap<number, number>;
  /** Texts that are no numbers and not empty, each with its number of rows. */
  words: ReadonlyMap<string, number>;
  numEmpty: number;
}

/** Collects the facts of a column while it is read. */
export class ColumnTally {
  /** By twice the number: where the fast reader counts 0, 0.5 … 100. */
  readonly byDouble = new Float64Array(201);
  readonly #others = new Map<number, number>();
  readonly #words = new Map<string, number>();
  #numEmpty = 0;

  addNumber(value: number): void {
    const doubled = value * 2;
    if (doubled >= 0 && doubled < this.byDouble.length && Number.isInteger(doubled)) {
      this.byDouble[doubled] = (this.byDouble[doubled] ?? 0) + 1;
      return;
    }
    const known = this.#others.get(value);
    if (known !== undefined || this.#others.size < MAX_DISTINCT) this.#others.set(value, (known ?? 0) + 1);
  }

  addText(text: string): void {
    if (text === '') {
      this.#numEmpty++;
      return;
    }
    const word = text.toLowerCase();
    const known = this.#words.get(word);
    if (known !== undefined || this.#words.size < MAX_WORDS) this.#words.set(word, (known ?? 0) + 1);
  }

  facts(): ColumnFacts {
    const halves = [...this.byDouble].map((count, doubled): [number, number] => [doubled / 2, count]);
    const values = [...halves.filter(([, count]) => count > 0), ...this.#others].sort(
      ([left], [right]) => left - right,
    );
    const count = values.reduce((sum, [, times]) => sum + times, 0);
    return { count, values: new Map(values), words: this.#words, numEmpty: this.#numEmpty };
  }
}
