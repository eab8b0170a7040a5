import MiniSearch, { type SearchOptions } from 'minisearch';
import { foldForSearch, indexTerms, isDense, queryTerms } from '../catalogue/searchTerms.ts';
import { indexTitles } from '../catalogue/indexTitles.ts';
import { TextPacker } from '../catalogue/packedTexts.ts';
import { TitleSearch } from '../catalogue/titleSearch.ts';

/** A movie as searches know it. */
export interface SearchableMovie {
  movieId: number;
  title: string;
  alternativeTitles: readonly string[];
  ratingCount: number;
}

/** The search over movies, which are given ascending by movieId. */
export function searchOf(movies: readonly SearchableMovie[]): TitleSearch {
  const titles = new TextPacker();
  const alternativeTitles = new TextPacker();
  for (const movie of movies) {
    titles.add(movie.title);
    alternativeTitles.add(JSON.stringify(movie.alternativeTitles));
  }
  const index = indexTitles({
    titles: titles.packed(),
    alternativeTitles: alternativeTitles.packed(),
    ratingCounts: Int32Array.from(movies, ({ ratingCount }) => ratingCount),
  });
  // As another thread gets it.
  return new TitleSearch(
    structuredClone(index),
    Int32Array.from(movies, ({ movieId }) => movieId),
  );
}

/** A movie that the reference finds, with what it is ordered by. */
export interface Ranked {
  movieId: number;
  /** 0 where it is named exactly so, 1 where it has every word, 2 where it has some. */
  group: number;
  /** Within the group, the highest first; namesakes have their number of ratings. */
  score: number;
}

const SEARCH = {
  boost: { title: 2 },
  tokenize: (terms: string) => terms.split(' '),
  prefix: (term: string, position: number, terms: string[]) =>
    position === terms.length - 1 && !isDense(term),
  fuzzy: (term: string) => (term.length > 3 && !isDense(term) ? 0.2 : false),
  maxFuzzy: 2,
  boostDocument: (_id, _term, stored) => 1 + Math.log10(1 + Number(stored?.['ratingCount'] ?? 0)),
} satisfies SearchOptions;

/** The same search by MiniSearch's own index, for catalogues without common words: what the packed one must agree with. */
export class SearchReference {
  readonly #movies: readonly SearchableMovie[];
  readonly #index = new MiniSearch<{ id: number; title: string; alternatives: string; ratingCount: number }>({
    fields: ['title', 'alternatives'],
    storeFields: ['ratingCount'],
    tokenize: indexTerms,
    processTerm: (term) => term,
  });

  constructor(movies: readonly SearchableMovie[]) {
    this.#movies = movies;
    for (const movie of movies) {
      const [title = '', ...alternatives] = namesOf(movie);
      const { movieId: id, ratingCount } = movie;
      this.#index.add({ id, title, alternatives: alternatives.join(' '), ratingCount });
    }
  }

  /** All that match, best first. */
  ranked(query: string): Ranked[] {
    const folded = foldForSearch(query);
    const found = new Map<number, Ranked>();
    const take = (one: Ranked) => {
      if (!found.has(one.movieId)) found.set(one.movieId, one);
    };
    const namesakes = this.#movies.filter((movie) => namesOf(movie).includes(folded));
    for (const { movieId, ratingCount } of namesakes.sort((a, b) => b.ratingCount - a.ratingCount))
      take({ movieId, group: 0, score: ratingCount });
    const terms = queryTerms(folded);
    const telling = terms.filter((word) => !['the', 'a', 'an'].includes(word));
    const words = (telling.length > 0 ? telling : terms).join(' ');
    (['AND', 'OR'] as const).forEach((combineWith, place) => {
      for (const { id, score } of this.#index.search(words, { ...SEARCH, combineWith }))
        take({ movieId: id as number, group: place + 1, score });
    });
    return [...found.values()];
  }
}

function namesOf({ title, alternativeTitles }: SearchableMovie): string[] {
  return [...new Set([title, ...alternativeTitles].map(foldForSearch))];
}
