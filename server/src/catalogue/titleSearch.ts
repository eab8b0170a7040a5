import MiniSearch, { type SearchOptions } from 'minisearch';
import { Turns } from '../timing/turns.ts';
import { CommonWords } from './commonWords.ts';
import { foldForSearch, indexTerms, isDense, queryTerms } from './searchTerms.ts';

/** A movie as the search knows it. */
export interface SearchableMovie {
  movieId: number;
  title: string;
  alternativeTitles: readonly string[];
  ratingCount: number;
}

interface IndexedMovie {
  id: number;
  title: string;
  alternatives: string;
  ratingCount: number;
}

/**
 * Finds movies by what people type: case, accents, articles, a typo and an unfinished last word are forgiven; parts of Chinese, Japanese
 * and Korean titles and emoji are found. Immutable.
 */
export class TitleSearch {
  private constructor(
    private readonly index: MiniSearch<IndexedMovie>,
    /** Movies by whole folded title, the most rated first. */
    private readonly byWholeTitle: ReadonlyMap<string, readonly number[]>,
    private readonly common: CommonWords,
  ) {}

  /** Builds the index piece by piece, so that requests are answered meanwhile. */
  static async of(movies: readonly SearchableMovie[]): Promise<TitleSearch> {
    const index = new MiniSearch<IndexedMovie>({
      fields: ['title', 'alternatives'],
      storeFields: ['ratingCount'],
      tokenize: indexTerms,
      // Text is folded as a whole before it is indexed or searched for.
      processTerm: (term) => term,
    });
    const byWholeTitle = new Map<string, SearchableMovie[]>();
    const documents: IndexedMovie[] = [];
    const turns = new Turns();
    for (const movie of movies) {
      await turns.yieldIfLong();
      const [title = '', ...alternatives] = [
        ...new Set([movie.title, ...movie.alternativeTitles].map(foldForSearch)),
      ];
      for (const name of [title, ...alternatives])
        byWholeTitle.set(name, [...(byWholeTitle.get(name) ?? []), movie]);
      documents.push({
        id: movie.movieId,
        title,
        alternatives: alternatives.join(' '),
        ratingCount: movie.ratingCount,
      });
    }
    await index.addAllAsync(documents, { chunkSize: 500 });
    await turns.next();
    const common = await commonWordsOf(documents, turns);
    await turns.next();
    const whole = Array.from(byWholeTitle, ([name, namesakes]): [string, number[]] => [
      name,
      namesakes.sort(mostRatedFirst).map(({ movieId }) => movieId),
    ]);
    return new TitleSearch(index, new Map(whole), common);
  }

  /**
   * The movies that match, best first: those named exactly so, then by relevance and popularity.
   * Movies that hold every word come before movies that hold some. Empty where nothing matches.
   */
  find(query: string, limit: number): number[] {
    const folded = foldForSearch(query);
    const words = this.common.telling(withoutArticles(queryTerms(folded)));
    const found = new Set(this.byWholeTitle.get(folded));
    const unfinished = this.common.mostRatedWith(words.at(-1) ?? '');
    // A common beginning is looked up as a whole word alone.
    const prefix = unfinished === null && SEARCH.prefix;
    for (const combineWith of ['AND', 'OR'] as const) {
      if (found.size >= limit) break;
      for (const { id } of this.index.search(words.join(' '), { ...SEARCH, prefix, combineWith }))
        found.add(id as number);
    }
    if (words.length === 1) for (const movieId of unfinished ?? []) found.add(movieId);
    return [...found].slice(0, limit);
  }
}

const SEARCH = {
  boost: { title: 2 },
  tokenize: (terms: string) => terms.split(' '),
  prefix: (term: string, position: number, terms: string[]) =>
    position === terms.length - 1 && !isDense(term),
  // Shorter words have too many neighbours: "up" is one letter away from "us".
  fuzzy: (term: string) => (term.length > 3 && !isDense(term) ? 0.2 : false),
  maxFuzzy: 2,
  boostDocument: (_id, _term, stored) => 1 + Math.log10(1 + Number(stored?.['ratingCount'] ?? 0)),
} satisfies SearchOptions;

async function commonWordsOf(documents: readonly IndexedMovie[], turns: Turns): Promise<CommonWords> {
  const sorted = [...documents].sort((a, b) => b.ratingCount - a.ratingCount || a.id - b.id);
  const common = new CommonWords();
  for (const { id, title, alternatives } of sorted) {
    await turns.yieldIfLong();
    common.add(id, new Set(indexTerms(`${title} ${alternatives}`)));
  }
  common.finish();
  return common;
}

/** Articles need not be in the title; the first one is gone from titles already. */
function withoutArticles(words: readonly string[]): string[] {
  const telling = words.filter((word) => !['the', 'a', 'an'].includes(word));
  return telling.length > 0 ? telling : [...words];
}

function mostRatedFirst(a: SearchableMovie, b: SearchableMovie): number {
  return b.ratingCount - a.ratingCount || a.movieId - b.movieId;
}
