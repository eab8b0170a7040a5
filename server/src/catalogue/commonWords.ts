import { BestPlaces } from './bestPlaces.ts';
import { NUM_FIELDS, type CommonWordsTable, type PackedIndex } from './packedIndex.ts';

/** A word, or a beginning of words, that is in more movies than this is common: to look them all up would take too long. */
const MANY = 5_000;
/** Letters of beginnings that are counted; longer ones are not common. */
const MAX_LETTERS = 3;
/** The most rated movies that are kept of a common beginning. */
const MOST_KEPT = 100;

/** Words that say little in a large catalogue, and which movies to show for a common beginning instead of all. */
export class CommonWords {
  readonly #words: ReadonlySet<string>;
  readonly #beginnings: ReadonlyMap<string, Int32Array>;

  constructor({ words, beginnings }: CommonWordsTable) {
    this.#words = new Set(words);
    this.#beginnings = new Map(beginnings);
  }

  /** The words but for common ones; the first of them where all are. */
  telling(words: readonly string[]): string[] {
    const telling = words.filter((word) => !this.#words.has(word));
    return telling.length > 0 ? telling : words.slice(0, 1);
  }

  /** The most rated movies with a word that begins so, where there are many; else null. */
  mostRatedWith(beginning: string): Int32Array | null {
    return this.#beginnings.get(beginning) ?? null;
  }
}

/**
 * Finds the common words of an index.
 * @param terms the index's own, in its order
 * @param ratingCounts [movies]
 */
export function findCommonWords(
  terms: readonly string[],
  index: Pick<PackedIndex, 'offsets' | 'movies'>,
  ratingCounts: Int32Array,
): CommonWordsTable {
  const movies = new DistinctMovies(index, ratingCounts.length);
  const words = terms.filter((_, term) => movies.ofTerms(term, term + 1).length > MANY);
  const beginnings: [string, Int32Array][] = [];
  for (let letters = 1; letters <= MAX_LETTERS; letters++) {
    for (const [beginning, from, to] of groupsBegun(terms, letters)) {
      const having = movies.ofTerms(from, to);
      if (having.length > MANY) beginnings.push([beginning, mostRated(having, ratingCounts)]);
    }
  }
  return { words, beginnings };
}

/** Neighbours in the order of terms that begin with the same letters, shorter terms left out. */
function* groupsBegun(
  terms: readonly string[],
  letters: number,
): Generator<[beginning: string, from: number, to: number]> {
  let from = 0;
  for (let term = 1; term <= terms.length; term++) {
    const beginning = terms[from]?.slice(0, letters) ?? '';
    if (terms[term]?.slice(0, letters) === beginning) continue;
    if (beginning.length === letters) yield [beginning, from, term];
    from = term;
  }
}

function mostRated(movies: readonly number[], ratingCounts: Int32Array): Int32Array {
  const best = new BestPlaces(MOST_KEPT);
  for (const movie of movies) best.offer(movie, ratingCounts[movie] ?? 0);
  return Int32Array.from(best.sorted(), ({ place }) => place);
}

/** Movies that have some of an index's terms, each once. */
class DistinctMovies {
  readonly #index: Pick<PackedIndex, 'offsets' | 'movies'>;
  /** The look-up in which each movie was met last. */
  readonly #metIn: Int32Array;
  #lookUp = 0;

  constructor(index: Pick<PackedIndex, 'offsets' | 'movies'>, numMovies: number) {
    this.#index = index;
    this.#metIn = new Int32Array(numMovies);
  }

  ofTerms(from: number, to: number): number[] {
    const { offsets, movies } = this.#index;
    const distinct: number[] = [];
    this.#lookUp++;
    const end = offsets[to * NUM_FIELDS] ?? 0;
    for (let posting = offsets[from * NUM_FIELDS] ?? 0; posting < end; posting++) {
      const movie = movies[posting] ?? 0;
      if (this.#metIn[movie] === this.#lookUp) continue;
      this.#metIn[movie] = this.#lookUp;
      distinct.push(movie);
    }
    return distinct;
  }
}
