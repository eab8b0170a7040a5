import { CommonWords } from './commonWords.ts';
import { LONGEST_INITIALS } from './initials.ts';
import { letterReadings } from './letterLikes.ts';
import { NO_YEAR } from './movieTable.ts';
import { NameStarts, type StartFound } from './nameStarts.ts';
import { NUM_FIELDS, type PackedIndex } from './packedIndex.ts';
import { numbersIn, numberTerm } from './searchNumbers.ts';
import { SearchScores } from './searchScores.ts';
import { ARTICLES, foldForSearch, isDense, queryTerms } from './searchTerms.ts';
import { seriesName } from './series.ts';
import { visitSimilar } from './similarTerms.ts';
import { SortedTexts } from './sortedTexts.ts';

/** Weights of a match in each field: title, alternatives. */
const FIELD_BOOSTS = [1, 0.85] as const;
/** The fit of a movie that has a word in another way than as it was typed; 1 as it was typed. */
const FITS = {
  number: 0.95,
  joined: 0.97,
  letters: 0.92,
  year: 0.8,
  initials: 0.85,
  begin: 0.9,
  similar: 0.9,
};
/** A word that is in the catalogue was hardly meant to be another. */
const KNOWN_WORD = 0.6;
/** One that fewer films have says nothing of that. */
const KNOWN_IN = 5;
/** Part of a fit that a changed first letter leaves: people err less there. */
const FIRST_LETTER = 0.85;
/** Changes for each letter where nothing is found without. */
const DESPERATE_CHANGES = 0.45;
const MOST_DESPERATE = 5;
/** Texts joined or initials that many movies have say little, and take long. */
const MOST_JOINED = 3_000;
/** Words of a run that may be joined. */
const LONGEST_RUN = 4;
/** Films that fewer than this share of a series' best known one's raters have rated are none that people count: made for television. */
const LEAST_KNOWN = 0.1;
const YEAR = /^(?:18[89]|19\d|20[0-4])\d$/;
const JOINED_ARTICLE = /^(?:the|an?)(.{3,})$/;
/** Words for which people type something short. */
const SHORT_FOR = new Map([
  ['2', ['to', 'too']],
  ['4', ['for']],
  ['u', ['you']],
  ['r', ['are']],
]);
/** Words that people leave out and put in: a movie need not have them. */
const LOOSE = new Set(
  'of and in to on at for with or part episode chapter vol volume movie film n'.split(' '),
);

/** The parts of the catalogue that the search reads besides its index, by place. */
export interface SearchedMovies {
  movieIds: Int32Array;
  releaseYears: Int32Array;
  ratingCount: (place: number) => number;
  title: (place: number) => string;
}

/**
 * Finds movies by what people type. Forgiven are case, accents, articles, misspelt and swapped letters, words joined or parted, an
 * unfinished last word; numbers may stand in digits, words or Roman; digits may stand for letters; initials, years and the number of a
 * sequel are understood; parts of Chinese, Japanese and Korean titles and emoji are found.
 */
export class TitleSearch {
  readonly #index: PackedIndex;
  readonly #movies: SearchedMovies;
  readonly #terms: SortedTexts;
  readonly #names: SortedTexts;
  readonly #starts: NameStarts;
  readonly #initials: SortedTexts;
  readonly #common: CommonWords;
  readonly #scores: SearchScores;
  /** Of the query that is answered: its words in a row are looked up for each of them, and again for sequels. */
  readonly #startsFound = new Map<string, StartFound[]>();

  constructor(index: PackedIndex, movies: SearchedMovies) {
    this.#index = index;
    this.#movies = movies;
    this.#terms = new SortedTexts(index.terms);
    this.#names = new SortedTexts(index.names);
    this.#starts = new NameStarts(index.names, index.starts);
    this.#initials = new SortedTexts(index.initials.texts);
    this.#common = new CommonWords(index.common);
    this.#scores = new SearchScores(index.boosts);
  }

  /** The first movies that match, best first; empty where nothing matches. */
  find(query: string, limit: number): number[] {
    const places = this.rank(query);
    return Array.from(places.slice(0, limit), (place) => this.#movies.movieIds[place] ?? -1);
  }

  /**
   * Places of all movies that match: those named exactly so, then by how well they fit, relevance and popularity. Movies that have a
   * part of the words come behind those that have all, and only where these are few or uncertain.
   */
  rank(query: string): number[] {
    this.#startsFound.clear();
    const folded = foldForSearch(query);
    const found = new Set(this.#named(folded));
    const words = this.#common.telling(withoutArticles(queryTerms(this.#withoutJoinedArticle(folded))));
    const unfinished = this.#common.mostRatedWith(words.at(-1) ?? '');
    let ranked = this.#ranked(words, unfinished === null, changesOf);
    if (ranked.length === 0 && found.size === 0) ranked = this.#ranked(words, false, desperateChangesOf);
    for (const place of this.#sequels(words, ranked)) found.add(place);
    for (const { place } of ranked) found.add(place);
    if (words.length === 1) for (const movie of unfinished ?? []) found.add(movie);
    return [...found];
  }

  /** Without an article that is joined to the first word: titles have lost theirs. */
  #withoutJoinedArticle(folded: string): string {
    const [word = ''] = folded.split(' ', 1);
    const rest = JOINED_ARTICLE.exec(word)?.[1];
    if (!rest || this.#terms.indexOf(word) >= 0 || this.#startsOf(rest).length === 0) return folded;
    return rest + folded.slice(word.length);
  }

  /** Movies with this folded title, joined or parted, the most rated first. */
  #named(folded: string): number[] {
    const name = this.#names.indexOf(folded);
    const exact = name < 0 ? [] : this.#moviesNamed(name);
    const joined = folded.replaceAll(' ', '');
    const whole = this.#startsOf(joined).filter(
      ({ text, isFirst, isWhole, length }) => isFirst && isWhole && length === this.#names.lengthOf(text),
    );
    const named = new Set([...exact, ...whole.flatMap(({ text }) => this.#moviesNamed(text))]);
    return [...named].sort((a, b) => this.#movies.ratingCount(b) - this.#movies.ratingCount(a) || a - b);
  }

  #moviesNamed(name: number): number[] {
    const { nameOffsets, namedMovies } = this.#index;
    return [...namedMovies.subarray(nameOffsets[name], nameOffsets[name + 1])];
  }

  #ranked(words: readonly string[], mayBegin: boolean, changes: (word: string) => number) {
    const numbers = numbersIn(words);
    const needed = words.filter((word) => !LOOSE.has(word));
    const areAllLoose = needed.length === 0;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      this.#addWord(word, mayBegin && at === words.length - 1, changes(word));
      for (const { from, to, value } of numbers)
        if (at >= from && at < to) this.#addTermNamed(numberTerm(value), FITS.number);
      this.#addJoined(words, at);
      this.#scores.endWord(areAllLoose || !LOOSE.has(word));
    }
    return this.#scores.ranked(areAllLoose ? words.length : needed.length);
  }

  /** Films of a series that a number behind its name counts, though no title has it: "matrix 2". */
  #sequels(words: readonly string[], ranked: readonly { place: number; fit: number }[]): number[] {
    const number = numbersIn(words).find(({ from, value }) => from > 0 && value > 0 && value < 30);
    if (!number) return [];
    const base = words.toSpliced(number.from, number.to - number.from);
    const [best] = this.#ranked(base, true, changesOf);
    const alreadyBest = ranked[0]?.fit ?? 0;
    if (!best || best.fit === 0 || alreadyBest >= best.fit - 0.08) return [];
    const { releaseYears, ratingCount, title } = this.#movies;
    const least = LEAST_KNOWN * ratingCount(best.place);
    const asked = this.#moviesBeginning(base.join(''));
    const series = asked.length > 0 ? asked : this.#moviesBeginning(seriesName(title(best.place), base));
    const known = [...new Set(series)].filter((place) => ratingCount(place) >= least);
    known.sort((a, b) => (releaseYears[a] ?? NO_YEAR) - (releaseYears[b] ?? NO_YEAR) || a - b);
    const meant = known[number.value - 1];
    return meant === undefined ? [] : [meant, best.place];
  }

  /** Begins of words in names that go on so, joined or parted; none where there are too many to tell. */
  #startsOf(text: string): StartFound[] {
    let found = this.#startsFound.get(text);
    if (!found) this.#startsFound.set(text, (found = this.#starts.find(text, MOST_JOINED)));
    return found;
  }

  /** Movies with a name that begins so, joined or parted. */
  #moviesBeginning(joined: string): number[] {
    const found = this.#startsOf(joined).filter(({ isFirst }) => isFirst);
    return found.flatMap(({ text }) => this.#moviesNamed(text));
  }

  /** @param changes that are forgiven at most */
  #addWord(word: string, isUnfinished: boolean, changes: number): void {
    const terms = this.#terms;
    const exact = terms.indexOf(word);
    const numExact = exact < 0 ? 0 : this.#numWith(exact);
    if (exact >= 0) this.#addTerm(exact, 1, Infinity);
    if (isDense(word)) return;
    const rarest = exact < 0 ? Infinity : this.#rarity(numExact);
    if (YEAR.test(word)) this.#addYear(Number(word));
    for (const meant of SHORT_FOR.get(word) ?? []) this.#addTermNamed(meant, FITS.number);
    for (const reading of letterReadings(word)) this.#addTermNamed(reading, FITS.letters);
    const [from, to] = isUnfinished ? terms.rangeOf(word) : [0, 0];
    for (let term = from; term < to; term++) {
      if (term === exact) continue;
      const share = word.length / terms.lengthOf(term);
      this.#addTerm(term, FITS.begin * (0.7 + 0.3 * share), rarest);
    }
    const known = numExact >= KNOWN_IN ? KNOWN_WORD : 1;
    this.#addInitials(word, known);
    const most = exact < 0 ? changes : word.length > 3 ? Math.min(changes, 1) : 0;
    if (most > 0) this.#addSimilar(word, most, [from, to], exact < 0 ? 1 : KNOWN_WORD, rarest);
  }

  /** @param without the range of terms that have been added */
  #addSimilar(
    word: string,
    most: number,
    [from, to]: readonly [number, number],
    weight: number,
    rarest: number,
  ): void {
    const terms = this.#terms;
    const first = word.charCodeAt(0);
    visitSimilar(terms, this.#index.beginnings, word, most, (term, distance) => {
      if (distance === 0 || (term >= from && term < to)) return;
      const longer = Math.max(word.length, terms.lengthOf(term));
      const fit = FITS.similar * (1 - distance / longer) * weight;
      const fitting = terms.unitOf(term, 0) === first ? fit : fit * FIRST_LETTER;
      this.#addTerm(term, fitting, rarest);
      // Whoever misspells a word that one film writes joined may mean those that write it parted.
      if (rarest === Infinity) this.#addParted(terms.textOf(term), fitting * FITS.joined);
    });
  }

  /** Movies in whose names a word stands parted. */
  #addParted(word: string, fit: number): void {
    if (word.length < 5) return;
    for (const { text, isWhole, numSpaces } of this.#startsOf(word)) {
      if (!isWhole || numSpaces === 0) continue;
      for (const movie of this.#moviesNamed(text)) this.#addMovie(movie, fit, this.#rarity(1));
    }
  }

  /** Movies in whose names the word stands parted, or it and those before or after it joined. */
  #addJoined(words: readonly string[], at: number): void {
    for (let from = Math.max(0, at - LONGEST_RUN + 1); from <= at; from++) {
      for (let to = at + 1; to <= Math.min(words.length, from + LONGEST_RUN); to++) {
        const run = words.slice(from, to);
        const joined = run.join('');
        if (joined.length < 3 || run.some(isDense)) continue;
        if (run.length > 1 && run.every((word) => word.length === 1)) this.#addInitials(joined, 1);
        const isLast = to === words.length;
        for (const { text, isWhole, numSpaces } of this.#startsOf(joined)) {
          const isOther = numSpaces !== run.length - 1;
          if (!isOther || !(isWhole || (isLast && joined.length > 4))) continue;
          const fit = isWhole ? FITS.joined : FITS.joined * FITS.begin;
          for (const movie of this.#moviesNamed(text)) this.#addMovie(movie, fit, this.#rarity(1));
        }
      }
    }
  }

  /** Movies whose initials begin so. */
  #addInitials(word: string, weight: number): void {
    if (word.length < 2 || word.length > LONGEST_INITIALS || /^\d+$/.test(word)) return;
    const { offsets, movies } = this.#index.initials;
    const [from, to] = this.#initials.rangeOf(word);
    const start = offsets[from] ?? 0;
    const end = offsets[to] ?? 0;
    if (end - start > MOST_JOINED) return;
    const rarity = this.#rarity(end - start);
    for (let text = from; text < to; text++) {
      const isWhole = word.length === this.#initials.lengthOf(text);
      const fit = FITS.initials * weight * (isWhole ? 1 : 0.97);
      for (let at = offsets[text] ?? 0; at < (offsets[text + 1] ?? 0); at++)
        this.#scores.add(movies[at] ?? 0, fit, fit * rarity);
    }
  }

  #addYear(year: number): void {
    const { releaseYears } = this.#movies;
    for (let movie = 0; movie < releaseYears.length; movie++)
      if (releaseYears[movie] === year) this.#addMovie(movie, FITS.year, this.#rarity(100));
  }

  #addTermNamed(text: string, fit: number): void {
    const term = this.#terms.indexOf(text);
    if (term >= 0) this.#addTerm(term, fit, Infinity);
  }

  /** Postings of a term in all fields. */
  #numWith(term: number): number {
    const { offsets } = this.#index;
    return (offsets[(term + 1) * NUM_FIELDS] ?? 0) - (offsets[term * NUM_FIELDS] ?? 0);
  }

  /** Adds to the scores of the movies that have a term in one of their fields. @param rarest of the word that was typed */
  #addTerm(term: number, fit: number, rarest: number): void {
    const { offsets, movies, lengths, meanLengths } = this.#index;
    FIELD_BOOSTS.forEach((fieldBoost, field) => {
      const start = offsets[term * NUM_FIELDS + field] ?? 0;
      const end = offsets[term * NUM_FIELDS + field + 1] ?? 0;
      const rarity = Math.min(rarest, this.#rarity(end - start));
      for (let posting = start; posting < end; posting++) {
        const movie = movies[posting] ?? 0;
        const share = (lengths[movie * NUM_FIELDS + field] ?? 0) / (meanLengths[field] ?? 1);
        this.#scores.add(movie, fit, (fit * fieldBoost * rarity) / lengthPenalty(share));
      }
    });
  }

  #addMovie(movie: number, fit: number, rarity: number): void {
    const { lengths, meanLengths } = this.#index;
    const share = (lengths[movie * NUM_FIELDS] ?? 0) / (meanLengths[0] ?? 1);
    this.#scores.add(movie, fit, (fit * rarity) / lengthPenalty(share));
  }

  /** Inverse document frequency. */
  #rarity(numMatching: number): number {
    const numMovies = this.#movies.movieIds.length;
    return Math.log(1 + (numMovies - numMatching + 0.5) / (numMatching + 0.5));
  }
}

/** @param share of the mean length that a field has */
const lengthPenalty = (share: number): number => 0.8 + 0.2 * Math.min(share, 2);

/** Changes of a word that are forgiven; of numbers none. */
function changesOf(word: string): number {
  if (/^\d+$/.test(word) || word.length < 3) return 0;
  if (word.length < 6) return 1;
  return word.length < 10 ? 2 : 3;
}

const desperateChangesOf = (word: string): number =>
  /^\d+$/.test(word) ? 0 : Math.min(MOST_DESPERATE, Math.floor(word.length * DESPERATE_CHANGES));

/** Articles need not be in the title; the first one is gone from titles already. */
function withoutArticles(words: readonly string[]): string[] {
  const telling = words.filter((word) => !ARTICLES.has(word));
  return telling.length > 0 ? telling : [...words];
}
