const { log, sqrt } = Math;

/** Terms numbered by first appearance, each with how much it tells: a rare one tells more. */
export class Terms {
  private readonly numbers = new Map<string, number>();
  /** [terms] rows that have it. */
  private readonly counts: number[] = [];
  /** [terms] as far as they were asked for since the last row. */
  private idfs: number[] = [];
  private numRows = 0;

  /** Counts the terms of one row, and gives their numbers. */
  add(terms: readonly string[]): Int32Array {
    this.numRows++;
    this.idfs = [];
    const numbers = new Set<number>();
    for (const term of terms) {
      let number = this.numbers.get(term);
      if (number === undefined) this.numbers.set(term, (number = this.counts.push(0) - 1));
      numbers.add(number);
    }
    for (const number of numbers) this.counts[number]++;
    return Int32Array.from(numbers);
  }

  /** The numbers of those terms that some row has, the rarest first. */
  known(terms: readonly string[]): number[] {
    const numbers = new Set<number>();
    for (const term of terms) {
      const number = this.numbers.get(term);
      if (number !== undefined) numbers.add(number);
    }
    return [...numbers].sort((a, b) => this.counts[a] - this.counts[b] || a - b);
  }

  /** The inverse document frequency of a term, log(1 + rows / rows with it). */
  idf(number: number): number {
    return (this.idfs[number] ??= log(1 + this.numRows / this.counts[number]));
  }

  /** The length of the tf-idf vector of the terms; those that no row has count like one that a single row has. */
  norm(terms: readonly string[]): number {
    let squares = 0;
    for (const term of new Set(terms)) {
      const number = this.numbers.get(term);
      squares += (number === undefined ? log(1 + this.numRows) : this.idf(number)) ** 2;
    }
    return lengthOf(squares);
  }

  /** The length of the tf-idf vector of numbered terms. */
  normOf(numbers: Int32Array): number {
    let squares = 0;
    for (const number of numbers) squares += this.idf(number) ** 2;
    return lengthOf(squares);
  }
}

/** 1 for a vector of nothing, which is like nothing. */
function lengthOf(squares: number): number {
  return squares > 0 ? sqrt(squares) : 1;
}

const STOP_WORDS = new Set(
  'a an and at by der de des die el en for from in is it la le les of on part s the to und with'.split(' '),
);

/** The words of a title but for stop words, folded to lower case without accents. */
export function wordsOf(title: string): string[] {
  const folded = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !STOP_WORDS.has(word));
}
