import { findCommonWords } from './commonWords.ts';
import { initialsOf } from './initials.ts';
import { letterReadings, numberedParts } from './letterLikes.ts';
import { packStarts } from './nameStarts.ts';
import { NUM_FIELDS, type PackedIndex, type PackedTextsOfMovies } from './packedIndex.ts';
import { TextReader, type PackedTexts } from './packedTexts.ts';
import { numbersIn, numberTerm } from './searchNumbers.ts';
import { foldForSearch, indexTerms, wordsWithArticle } from './searchTerms.ts';
import { sharedNumbers } from './sharedNumbers.ts';
import { commonBeginnings } from './similarTerms.ts';
import { packSorted } from './sortedTexts.ts';

/** Movies as the search knows them, by place; can be posted to the thread that indexes them. */
export interface SearchableMovies {
  titles: PackedTexts;
  /** A list in JSON for each movie. */
  alternativeTitles: PackedTexts;
  ratingCounts: Int32Array;
}

/** Power of a movie's number of ratings by which it is likely to be meant. */
const POPULARITY = 0.25;

/** Makes the index of titles, in one go: where requests are answered, another thread does it. */
export function indexTitles({ titles, alternativeTitles, ratingCounts }: SearchableMovies): PackedIndex {
  const titleOf = new TextReader(titles);
  const alternativesOf = new TextReader(alternativeTitles);
  const terms = new Postings(ratingCounts.length);
  const names = new Map<string, number[]>();
  const initials = new Map<string, number[]>();
  for (let movie = 0; movie < ratingCounts.length; movie++) {
    const alternatives = JSON.parse(alternativesOf.at(movie)) as string[];
    const titles = [titleOf.at(movie), ...alternatives];
    const [title = '', ...others] = new Set(titles.map(foldForSearch));
    const otherNames = new Set([title, ...others].flatMap(readingsOf));
    const all = [title, ...others, ...otherNames];
    terms.add(
      movie,
      [indexTerms(title), indexTerms(others.join(' '))],
      new Set([...all.flatMap(signsOf), ...titles.flatMap(joinedWords)]),
    );
    for (const name of all) addTo(names, name, movie);
    for (const text of new Set(titles.flatMap(initialsOf))) addTo(initials, text, movie);
  }
  const boosts = sharedNumbers(Float64Array, ratingCounts.length);
  ratingCounts.forEach((count, movie) => (boosts[movie] = (1 + count) ** POPULARITY));
  const { sorted, ...packed } = terms.packed();
  const common = findCommonWords(sorted, packed, ratingCounts);
  const { texts, offsets, movies } = packTexts(names, ratingCounts);
  return {
    ...packed,
    boosts,
    names: texts,
    nameOffsets: offsets,
    namedMovies: movies,
    starts: packStarts(texts),
    initials: packTexts(initials, ratingCounts),
    common,
  };
}

function addTo(map: Map<string, number[]>, text: string, movie: number): void {
  const having = map.get(text);
  if (having) having.push(movie);
  else map.set(text, [movie]);
}

/** The name with the digits in its words read as letters, if it has such: "seven" for "se7en". */
function readingsOf(name: string): string[] {
  const words = name.split(' ');
  return words.flatMap((word, at) =>
    letterReadings(word).map((reading) => words.toSpliced(at, 1, reading).join(' ')),
  );
}

/** Words that signs part, as one each: "spiderman", "walle", "mash", "et". */
function joinedWords(title: string): string[] {
  return title
    .split(/\s+/)
    .map(wordsWithArticle)
    .filter((parts) => parts.length > 1)
    .map((parts) => parts.join(''));
}

/** Terms besides its words under which a name is found: its numbers, and words with digits in them as letters and as numbers. */
function signsOf(name: string): string[] {
  const words = name.split(' ');
  const numbered = words.map(numberedParts).filter((parts) => parts !== null);
  return [
    ...numbersIn(words).map(({ value }) => numberTerm(value)),
    ...numbered.flatMap(([letters, number]) => [letters, numberTerm(Number(number))]),
    ...words.flatMap(letterReadings),
  ];
}

function packTexts(names: ReadonlyMap<string, number[]>, ratingCounts: Int32Array): PackedTextsOfMovies {
  const sorted = [...names.keys()].sort();
  const offsets = [0];
  const movies: number[] = [];
  for (const name of sorted) {
    // Sorting is stable, so that ties stay ascending.
    const named = names.get(name) ?? [];
    movies.push(...named.sort((a, b) => (ratingCounts[b] ?? 0) - (ratingCounts[a] ?? 0)));
    offsets.push(movies.length);
  }
  return {
    texts: packSorted(sorted),
    offsets: sharedNumbers(Int32Array, offsets),
    movies: sharedNumbers(Int32Array, movies),
  };
}

/** The postings of an index while it is made, in the order of the movies. */
class Postings {
  /** Terms by number, in the order in which they were met. */
  readonly #numbers = new Map<string, number>();
  /** Of each posting: term and field as `number × fields + field`, movie, how often. */
  readonly #slots: number[] = [];
  readonly #movies: number[] = [];
  readonly #counts: number[] = [];
  readonly #lengths: Uint16Array;

  constructor(numMovies: number) {
    this.#lengths = sharedNumbers(Uint16Array, numMovies * NUM_FIELDS);
  }

  /** Adds the terms of each of a movie's fields; `signs` are found like words of the last field, and make it no longer. */
  add(movie: number, fields: readonly (readonly string[])[], signs: ReadonlySet<string>): void {
    fields.forEach((terms, field) => {
      const counts = new Map<string, number>();
      for (const term of terms) counts.set(term, 1 + (counts.get(term) ?? 0));
      this.#lengths[movie * NUM_FIELDS + field] = counts.size;
      if (field === NUM_FIELDS - 1) for (const sign of signs) if (!counts.has(sign)) counts.set(sign, 1);
      for (const [term, count] of counts) {
        this.#slots.push(this.#numberOf(term) * NUM_FIELDS + field);
        this.#movies.push(movie);
        this.#counts.push(count);
      }
    });
  }

  packed(): Pick<
    PackedIndex,
    'terms' | 'beginnings' | 'offsets' | 'movies' | 'counts' | 'lengths' | 'meanLengths'
  > & {
    sorted: readonly string[];
  } {
    const sorted = [...this.#numbers.keys()].sort();
    return {
      sorted,
      terms: packSorted(sorted),
      beginnings: commonBeginnings(sorted),
      ...this.#inOrderOf(sorted),
      lengths: this.#lengths,
      meanLengths: this.#meanLengths(),
    };
  }

  #numberOf(term: string): number {
    let number = this.#numbers.get(term);
    if (number === undefined) this.#numbers.set(term, (number = this.#numbers.size));
    return number;
  }

  /** By term and field; a counting sort, so that movies stay ascending. */
  #inOrderOf(sorted: readonly string[]): Pick<PackedIndex, 'offsets' | 'movies' | 'counts'> {
    const rankOf = new Int32Array(sorted.length);
    sorted.forEach((term, rank) => (rankOf[this.#numbers.get(term) ?? 0] = rank));
    const slotOf = (slot: number) =>
      (rankOf[Math.floor(slot / NUM_FIELDS)] ?? 0) * NUM_FIELDS + (slot % NUM_FIELDS);
    const offsets = sharedNumbers(Int32Array, sorted.length * NUM_FIELDS + 1);
    for (const slot of this.#slots) offsets[slotOf(slot) + 1] = 1 + (offsets[slotOf(slot) + 1] ?? 0);
    for (let slot = 1; slot < offsets.length; slot++)
      offsets[slot] = (offsets[slot] ?? 0) + (offsets[slot - 1] ?? 0);
    const next = offsets.slice();
    const movies = sharedNumbers(Int32Array, this.#slots.length);
    const counts = sharedNumbers(Uint16Array, this.#slots.length);
    this.#slots.forEach((slot, posting) => {
      const place = next[slotOf(slot)] ?? 0;
      next[slotOf(slot)] = place + 1;
      movies[place] = this.#movies[posting] ?? 0;
      counts[place] = this.#counts[posting] ?? 0;
    });
    return { offsets, movies, counts };
  }

  #meanLengths(): Float64Array {
    const sums = new Float64Array(NUM_FIELDS);
    this.#lengths.forEach((length, at) => (sums[at % NUM_FIELDS] = length + (sums[at % NUM_FIELDS] ?? 0)));
    const numMovies = Math.max(1, this.#lengths.length / NUM_FIELDS);
    return sharedNumbers(
      Float64Array,
      sums.map((sum) => sum / numMovies),
    );
  }
}
