import type { ItemContent } from './mixFromContent.ts';
import { Terms, wordsOf } from './terms.ts';

/** Interactions of a known item at which its weight is halved: the vectors of rare items are mostly noise. */
const TRUST = 20;

/** Items that may be mixed in, by rows that count those with interactions only: the most trusted first. */
export class KnownItems {
  readonly words = new Terms();
  readonly genres = new Terms();
  /** [rows] the item of each. */
  readonly items: Int32Array;
  /** [rows] 0 to 1. */
  readonly trust: Float64Array;
  /** [rows] */
  readonly years: readonly (number | null)[];
  readonly wordsOfRow: readonly Int32Array[];
  /** [rows] the number of its set of genres in {@link genreSets}. */
  readonly setOfRow: Int32Array;
  /** Distinct sets of genres, as numbers of {@link genres}. */
  readonly genreSets: readonly Int32Array[];
  readonly wordNorms: Float64Array;
  /** [sets] */
  readonly genreNorms: Float64Array;

  /** @param counts [known] interactions of each */
  constructor(known: readonly ItemContent[], counts: ArrayLike<number>) {
    this.items = Int32Array.from(known.keys())
      .filter((item) => counts[item] > 0)
      .sort((a, b) => counts[b] - counts[a] || a - b);
    const contents = Array.from(this.items, (item) => known[item]);
    this.trust = Float64Array.from(this.items, (item) => counts[item] / (counts[item] + TRUST));
    this.years = contents.map(({ releaseYear }) => releaseYear);
    this.wordsOfRow = contents.map(({ title }) => this.words.add(wordsOf(title)));
    const setNumbers = new Map<string, number>();
    const sets: Int32Array[] = [];
    this.setOfRow = Int32Array.from(contents, ({ genres }) => {
      const numbers = this.genres.add(genres).sort();
      const key = numbers.join();
      let set = setNumbers.get(key);
      if (set === undefined) setNumbers.set(key, (set = sets.push(numbers) - 1));
      return set;
    });
    this.genreSets = sets;
    this.wordNorms = Float64Array.from(this.wordsOfRow, (numbers) => this.words.normOf(numbers));
    this.genreNorms = Float64Array.from(sets, (numbers) => this.genres.normOf(numbers));
  }
}
