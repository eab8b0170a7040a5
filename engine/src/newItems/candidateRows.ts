import type { KnownItems } from './knownItems.ts';

/** Words of a title that are looked up, the rarest first, and the most trusted rows of each. */
const MOST_WORDS = 6;
const ROWS_OF_WORD = 64;
/** Sets of genres that are looked up, the most alike first, and the sets of each genre among which they are looked for. */
const MOST_SETS = 12;
const SETS_OF_GENRE = 256;
/** The most trusted rows of a set of genres: of each span of years around the item's, and of any. */
const ROWS_OF_SPAN = 12;
const ROWS_OF_SET = 8;
/** Years of a span. */
const SPAN = 5;

/** Rows by their words, genres and years, a bounded number under each: the most trusted ones. */
export class CandidateRows {
  private readonly known: KnownItems;
  private readonly ofWord = new Map<number, number[]>();
  private readonly setsOfGenre = new Map<number, number[]>();
  private readonly ofSet: number[][];
  private readonly ofSpan = new Map<string, number[]>();
  private readonly alike = new Map<string, readonly number[]>();
  private readonly setsOfKind = new Map<string, readonly number[]>();

  constructor(known: KnownItems) {
    this.known = known;
    this.ofSet = known.genreSets.map(() => []);
    const add = (rows: number[], row: number, most: number): void => {
      if (rows.length < most) rows.push(row);
    };
    // The most trusted come first.
    for (let row = 0; row < known.items.length; row++) {
      for (const word of known.wordsOfRow[row]) add(listIn(this.ofWord, word), row, ROWS_OF_WORD);
      const set = known.setOfRow[row];
      if (this.ofSet[set].length === 0) {
        for (const genre of known.genreSets[set]) add(listIn(this.setsOfGenre, genre), set, SETS_OF_GENRE);
      }
      add(this.ofSet[set], row, ROWS_OF_SET);
      add(listIn(this.ofSpan, `${set} ${spanOf(known.years[row])}`), row, ROWS_OF_SPAN);
    }
  }

  /** Rows of the rarest of the words, with repetitions. @param words the rarest first */
  *byWords(words: readonly number[]): Generator<readonly number[]> {
    for (const word of words.slice(0, MOST_WORDS)) yield this.ofWord.get(word) ?? [];
  }

  /** Rows of like genres, those of like years among them. @param genres numbers of known ones */
  byKind(genres: readonly number[], year: number | null): readonly number[] {
    const span = spanOf(year);
    const kind = genres.join();
    const key = `${kind} ${span}`;
    let rows = this.alike.get(key);
    if (!rows) {
      let sets = this.setsOfKind.get(kind);
      if (!sets) this.setsOfKind.set(kind, (sets = this.setsLike(genres)));
      this.alike.set(key, (rows = this.rowsOf(sets, span)));
    }
    return rows;
  }

  private rowsOf(sets: readonly number[], span: number | null): readonly number[] {
    const rows = new Set<number>();
    for (const set of sets) {
      for (const row of this.ofSet[set]) rows.add(row);
      if (span === null) continue;
      for (const near of [span - 1, span, span + 1])
        for (const row of this.ofSpan.get(`${set} ${near}`) ?? []) rows.add(row);
    }
    return [...rows];
  }

  private setsLike(genres: readonly number[]): number[] {
    const { genres: terms, genreNorms } = this.known;
    const products = new Map<number, number>();
    for (const genre of genres) {
      const square = terms.idf(genre) ** 2;
      for (const set of this.setsOfGenre.get(genre) ?? [])
        products.set(set, (products.get(set) ?? 0) + square);
    }
    return [...products]
      .map(([set, product]) => ({ set, cosine: product / genreNorms[set] }))
      .sort((a, b) => b.cosine - a.cosine || a.set - b.set)
      .slice(0, MOST_SETS)
      .map(({ set }) => set);
  }
}

function spanOf(year: number | null): number | null {
  return year === null ? null : Math.floor(year / SPAN);
}

function listIn<Key>(lists: Map<Key, number[]>, key: Key): number[] {
  let list = lists.get(key);
  if (!list) lists.set(key, (list = []));
  return list;
}
