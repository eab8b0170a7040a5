import { compact, foldTitle, splitYear, withoutArticle, withOpeningArticle } from './foldTitle.ts';
import { scoreTitles, scoreYears } from './score.ts';

/** A movie of a catalogue by what exports name it by. */
export interface MatchableMovie {
  movieId: number;
  title: string;
  alternativeTitles: readonly string[];
  releaseYear: number | null;
  imdbId: number | null;
  tmdbId: number | null;
}

/** A movie that is looked for, by all that is known of it. */
export interface WantedMovie {
  title: string | null;
  year: number | null;
  imdbId: number | null;
  tmdbId: number | null;
}

export type MatchedBy = 'imdbId' | 'tmdbId' | 'title';

/** A movie that may be the one, 0 to 1. */
export interface MatchCandidate {
  movieId: number;
  score: number;
}

/** The outcome of looking for a movie. */
export interface MovieMatch {
  /** The movie; null where none is sure enough. */
  movieId: number | null;
  by: MatchedBy | null;
  /** Of the movie, else of the best candidate; 0 without one. */
  score: number;
  /** Movies that it may be where none is sure, best first, at most five. */
  candidates: MatchCandidate[];
}

/** A score from here on is taken for sure, where no other movie comes near it. */
export const SURE_SCORE = 0.8;
const LEAD = 0.05;
const CANDIDATE_SCORE = 0.3;
const MAX_CANDIDATES = 5;
/** Movies that share a word and nearly the year, and are looked at; of a commoner word these are the first ones. */
const MAX_LOOKED_AT = 60;
const NEAR_YEARS = 2;
/** A movie that bears another id than the wanted one is another movie, whatever it is called. */
const OTHER_ID = 0.4;

interface IndexedMovie {
  movie: MatchableMovie;
  /** Folded. */
  titles: readonly string[];
}

/** Finds movies by IMDb id, TMDB id, or title and year, through indices: the time for one does not grow with the catalogue. */
export class MovieMatcher {
  readonly #byImdbId = new Map<number, number>();
  readonly #byTmdbId = new Map<number, number>();
  /** By titles without blanks, with and without the first article. */
  readonly #byTitle = new Map<string, IndexedMovie[]>();
  readonly #byWord = new Map<string, IndexedMovie[]>();

  /** Takes a movie in. */
  add(movie: MatchableMovie): void {
    const { movieId, imdbId, tmdbId } = movie;
    if (imdbId !== null && !this.#byImdbId.has(imdbId)) this.#byImdbId.set(imdbId, movieId);
    if (tmdbId !== null && !this.#byTmdbId.has(tmdbId)) this.#byTmdbId.set(tmdbId, movieId);
    const titles = new Set([movie.title, ...movie.alternativeTitles].map(foldWhole));
    const indexed = { movie, titles: [...titles] };
    for (const key of new Set(indexed.titles.flatMap(keysOf))) append(this.#byTitle, key, indexed);
    for (const word of new Set(indexed.titles.flatMap(wordsOf))) append(this.#byWord, word, indexed);
  }

  /** The movie of an IMDb number; null without one. */
  ofImdbId(imdbId: number): number | null {
    return this.#byImdbId.get(imdbId) ?? null;
  }

  ofTmdbId(tmdbId: number): number | null {
    return this.#byTmdbId.get(tmdbId) ?? null;
  }

  match(wanted: WantedMovie): MovieMatch {
    const ofImdb = wanted.imdbId === null ? null : this.ofImdbId(wanted.imdbId);
    if (ofImdb !== null) return sure(ofImdb, 'imdbId', 1);
    const ofTmdb = wanted.tmdbId === null ? null : this.ofTmdbId(wanted.tmdbId);
    if (ofTmdb !== null) return sure(ofTmdb, 'tmdbId', 1);
    const title = wanted.title?.trim() ?? '';
    if (title === '') return { movieId: null, by: null, score: 0, candidates: [] };
    const apart = splitYear(title);
    // `Toy Story (1995)`, unless that is another year than the row's.
    return apart && (wanted.year === null || wanted.year === apart.year)
      ? decided(this.#scored(foldWhole(apart.title), { ...wanted, year: apart.year }))
      : decided(this.#scored(foldWhole(title), wanted));
  }

  /** Movies with the title, else with a telling word of it, by score and then by movieId. */
  #scored(title: string, wanted: WantedMovie): MatchCandidate[] {
    const exact = keysOf(title).flatMap((key) => this.#byTitle.get(key) ?? []);
    // A namesake of another year may be the wrong one: those that are called nearly so are looked at too.
    const near = exact.some(({ movie }) => scoreYears(movie.releaseYear, wanted.year) >= SURE_SCORE)
      ? []
      : this.#sharingRarestWord(title, wanted.year);
    return [...new Set([...exact, ...near])]
      .map(({ movie, titles }) => ({
        movieId: movie.movieId,
        score: rounded(
          scoreTitles(title, titles) *
            scoreYears(movie.releaseYear, wanted.year) *
            (bearsOtherId(movie, wanted) ? OTHER_ID : 1),
        ),
      }))
      .filter(({ score }) => score >= CANDIDATE_SCORE)
      .sort((one, other) => other.score - one.score || one.movieId - other.movieId);
  }

  #sharingRarestWord(title: string, year: number | null): readonly IndexedMovie[] {
    const postings = wordsOf(title).flatMap((word) => {
      const movies = this.#byWord.get(word);
      return movies ? [movies] : [];
    });
    const [first] = postings;
    if (!first) return [];
    const rarest = postings.reduce((best, one) => (one.length < best.length ? one : best), first);
    const isNear = ({ movie: { releaseYear } }: IndexedMovie) =>
      year === null || releaseYear === null || Math.abs(releaseYear - year) <= NEAR_YEARS;
    return rarest.filter(isNear).slice(0, MAX_LOOKED_AT);
  }
}

function decided(scored: readonly MatchCandidate[]): MovieMatch {
  const [best, second] = scored;
  if (!best) return { movieId: null, by: null, score: 0, candidates: [] };
  if (best.score >= SURE_SCORE && best.score - (second?.score ?? 0) >= LEAD)
    return sure(best.movieId, 'title', best.score);
  return { movieId: null, by: null, score: best.score, candidates: scored.slice(0, MAX_CANDIDATES) };
}

function sure(movieId: number, by: MatchedBy, score: number): MovieMatch {
  return { movieId, by, score, candidates: [] };
}

function bearsOtherId(movie: MatchableMovie, wanted: WantedMovie): boolean {
  const differ = (one: number | null, other: number | null) =>
    one !== null && other !== null && one !== other;
  return differ(movie.imdbId, wanted.imdbId) || differ(movie.tmdbId, wanted.tmdbId);
}

function foldWhole(title: string): string {
  return foldTitle(withOpeningArticle(title));
}

function keysOf(folded: string): string[] {
  return [...new Set([folded, withoutArticle(folded)].map(compact))];
}

function wordsOf(folded: string): string[] {
  return withoutArticle(folded).split(' ');
}

function append<Key>(index: Map<Key, IndexedMovie[]>, key: Key, movie: IndexedMovie): void {
  const movies = index.get(key);
  if (movies) movies.push(movie);
  else index.set(key, [movie]);
}

function rounded(score: number): number {
  return Math.round(score * 1000) / 1000;
}
