import { BestPlaces } from './bestPlaces.ts';
import { CommonWords } from './commonWords.ts';
import { NUM_FIELDS, type PackedIndex } from './packedIndex.ts';
import { foldForSearch, isDense, queryTerms } from './searchTerms.ts';
import { visitSimilar } from './similarTerms.ts';
import { SortedTexts } from './sortedTexts.ts';

/** Weights of a match in each field: title, alternatives. */
const FIELD_BOOSTS = [2, 1] as const;
/** Weights of a term that only begins as asked, and of one that is spelled a little differently. */
const PREFIX_WEIGHT = 0.375;
const FUZZY_WEIGHT = 0.45;
/** Shorter words have too many neighbours: "up" is one letter away from "us". */
const LONGEST_EXACT = 3;
/** Changes of a word that are forgiven for each of its letters, and at most. */
const CHANGES_PER_LETTER = 0.2;
const MOST_CHANGES = 2;
/** BM25+ (Lv and Zhai 2011): saturation of counts, part of the length, and what a match is worth at least. */
const BM25 = { k: 1.2, b: 0.7, d: 0.5 };
const ARTICLES: readonly string[] = ['the', 'a', 'an'];

/**
 * Finds movies by what people type: case, accents, articles, a typo and an unfinished last word are forgiven; parts of Chinese, Japanese
 * and Korean titles and emoji are found.
 */
export class TitleSearch {
  readonly #index: PackedIndex;
  readonly #movieIds: Int32Array;
  readonly #terms: SortedTexts;
  readonly #names: SortedTexts;
  readonly #common: CommonWords;
  readonly #scores: Scores;

  /** @param movieIds by place */
  constructor(index: PackedIndex, movieIds: Int32Array) {
    this.#index = index;
    this.#movieIds = movieIds;
    this.#terms = new SortedTexts(index.terms);
    this.#names = new SortedTexts(index.names);
    this.#common = new CommonWords(index.common);
    this.#scores = new Scores(movieIds.length);
  }

  /**
   * The movies that match, best first: those named exactly so, then by relevance and popularity, then by movieId.
   * Movies that hold every word come before movies that hold some. Empty where nothing matches.
   */
  find(query: string, limit: number): number[] {
    const folded = foldForSearch(query);
    const words = this.#common.telling(withoutArticles(queryTerms(folded)));
    const found = new Set(this.#named(folded));
    const unfinished = this.#common.mostRatedWith(words.at(-1) ?? '');
    if (found.size < limit) {
      // A common beginning is looked up as a whole word alone.
      for (const different of new Set(words)) {
        this.#scores.beginDifferent();
        words.forEach((word, place) => {
          if (word !== different) return;
          this.#scores.beginWord();
          this.#addWord(word, unfinished === null && place === words.length - 1);
        });
      }
      for (const movie of this.#scores.best(limit - found.size, words.length, found)) found.add(movie);
    }
    if (words.length === 1) for (const movie of unfinished ?? []) found.add(movie);
    return Array.from(found, (movie) => this.#movieIds[movie] ?? -1).slice(0, limit);
  }

  /** Movies with this folded title. */
  #named(folded: string): Int32Array {
    const { nameOffsets, namedMovies } = this.#index;
    const name = this.#names.indexOf(folded);
    return name < 0 ? new Int32Array() : namedMovies.subarray(nameOffsets[name], nameOffsets[name + 1]);
  }

  #addWord(word: string, isUnfinished: boolean): void {
    const terms = this.#terms;
    const exact = terms.indexOf(word);
    if (exact >= 0) this.#addTerm(exact, 1);
    if (isDense(word)) return;
    const [from, to] = isUnfinished ? terms.rangeOf(word) : [0, 0];
    for (let term = from; term < to; term++) {
      const length = terms.lengthOf(term);
      const missing = length - word.length;
      if (missing > 0) this.#addTerm(term, (PREFIX_WEIGHT * length) / (length + 0.3 * missing));
    }
    if (word.length <= LONGEST_EXACT) return;
    const most = Math.min(MOST_CHANGES, Math.round(word.length * CHANGES_PER_LETTER));
    visitSimilar(terms, this.#index.beginnings, word, most, (term, distance) => {
      if (distance === 0 || (term >= from && term < to)) return;
      const length = terms.lengthOf(term);
      this.#addTerm(term, (FUZZY_WEIGHT * length) / (length + distance));
    });
  }

  /** Adds to the scores of the movies that have a term in one of their fields. */
  #addTerm(term: number, weight: number): void {
    const { offsets, movies, counts, lengths, meanLengths, boosts } = this.#index;
    FIELD_BOOSTS.forEach((fieldBoost, field) => {
      const start = offsets[term * NUM_FIELDS + field] ?? 0;
      const end = offsets[term * NUM_FIELDS + field + 1] ?? 0;
      const rarity = rarityOf(end - start, this.#movieIds.length);
      for (let posting = start; posting < end; posting++) {
        const movie = movies[posting] ?? 0;
        const share = (lengths[movie * NUM_FIELDS + field] ?? 0) / (meanLengths[field] ?? 1);
        const score = rarity * saturated(counts[posting] ?? 0, share);
        this.#scores.add(movie, weight * fieldBoost * (boosts[movie] ?? 1) * score);
      }
    });
  }
}

/** Inverse document frequency. */
function rarityOf(numMatching: number, numMovies: number): number {
  return Math.log(1 + (numMovies - numMatching + 0.5) / (numMatching + 0.5));
}

/** @param share of the mean length that the field has */
function saturated(count: number, share: number): number {
  const { k, b, d } = BM25;
  return d + (count * (k + 1)) / (count + k * (1 - b + b * share));
}

/** Articles need not be in the title; the first one is gone from titles already. */
function withoutArticles(words: readonly string[]): string[] {
  const telling = words.filter((word) => !ARTICLES.includes(word));
  return telling.length > 0 ? telling : [...words];
}

/** The scores of one query's movies, with how many of its words each has; used again by the next query. */
class Scores {
  readonly #scores: Float64Array;
  readonly #words: MatchCounts;
  /** The same, one that is asked for twice counted once. */
  readonly #different: MatchCounts;
  readonly #matching: number[] = [];

  constructor(numMovies: number) {
    this.#scores = new Float64Array(numMovies);
    this.#words = new MatchCounts(numMovies);
    this.#different = new MatchCounts(numMovies);
  }

  /** Begins a word that is another than those before. */
  beginDifferent(): void {
    this.#different.begin();
  }

  beginWord(): void {
    this.#words.begin();
  }

  add(movie: number, score: number): void {
    if (this.#words.of(movie) === 0) this.#matching.push(movie);
    this.#words.count(movie);
    this.#different.count(movie);
    this.#scores[movie] = score + (this.#scores[movie] ?? 0);
  }

  /** The movies with the best scores: with every word before others. Forgets the query. @param without movies that are left out */
  best(most: number, numWords: number, without: ReadonlySet<number>): number[] {
    const withAll = new BestPlaces(most);
    const withSome = new BestPlaces(most);
    for (const movie of this.#matching) {
      const score = (this.#scores[movie] ?? 0) * this.#different.of(movie);
      const best = this.#words.of(movie) === numWords ? withAll : withSome;
      if (!without.has(movie)) best.offer(movie, score);
      this.#scores[movie] = 0;
      this.#words.forget(movie);
      this.#different.forget(movie);
    }
    this.#matching.length = 0;
    this.#words.end();
    this.#different.end();
    return [...withAll.sorted(), ...withSome.sorted()].slice(0, most).map(({ place }) => place);
  }
}

/** Counts in how many of several rounds each movie is met. */
class MatchCounts {
  readonly #counts: Uint8Array;
  /** The round, from 1, in which each was met last. */
  readonly #last: Uint8Array;
  #round = 0;

  constructor(numMovies: number) {
    this.#counts = new Uint8Array(numMovies);
    this.#last = new Uint8Array(numMovies);
  }

  begin(): void {
    this.#round++;
  }

  count(movie: number): void {
    if (this.#last[movie] === this.#round) return;
    this.#last[movie] = this.#round;
    this.#counts[movie] = 1 + (this.#counts[movie] ?? 0);
  }

  of(movie: number): number {
    return this.#counts[movie] ?? 0;
  }

  forget(movie: number): void {
    this.#counts[movie] = this.#last[movie] = 0;
  }

  end(): void {
    this.#round = 0;
  }
}
