import { findCommonWords } from './commonWords.ts';
import { NUM_FIELDS, type PackedIndex } from './packedIndex.ts';
import { TextReader, type PackedTexts } from './packedTexts.ts';
import { foldForSearch, indexTerms } from './searchTerms.ts';
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

/** Makes the index of titles, in one go: where requests are answered, another thread does it. */
export function indexTitles({ titles, alternativeTitles, ratingCounts }: SearchableMovies): PackedIndex {
  const titleOf = new TextReader(titles);
  const alternativesOf = new TextReader(alternativeTitles);
  const terms = new Postings(ratingCounts.length);
  const names = new Map<string, number[]>();
  for (let movie = 0; movie < ratingCounts.length; movie++) {
    const alternatives = JSON.parse(alternativesOf.at(movie)) as string[];
    const [title = '', ...others] = new Set([titleOf.at(movie), ...alternatives].map(foldForSearch));
    terms.add(movie, [indexTerms(title), indexTerms(others.join(' '))]);
    for (const name of [title, ...others]) {
      const named = names.get(name);
      if (named) named.push(movie);
      else names.set(name, [movie]);
    }
  }
  const boosts = sharedNumbers(Float64Array, ratingCounts.length);
  ratingCounts.forEach((count, movie) => (boosts[movie] = 1 + Math.log10(1 + count)));
  const { sorted, ...packed } = terms.packed();
  const common = findCommonWords(sorted, packed, ratingCounts);
  return { ...packed, boosts, ...packNames(names, ratingCounts), common };
}

function packNames(
  names: ReadonlyMap<string, number[]>,
  ratingCounts: Int32Array,
): Pick<PackedIndex, 'names' | 'nameOffsets' | 'namedMovies'> {
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
    names: packSorted(sorted),
    nameOffsets: sharedNumbers(Int32Array, offsets),
    namedMovies: sharedNumbers(Int32Array, movies),
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

  /** Adds the terms of each of a movie's fields. */
  add(movie: number, fields: readonly (readonly string[])[]): void {
    fields.forEach((terms, field) => {
      const counts = new Map<string, number>();
      for (const term of terms) counts.set(term, 1 + (counts.get(term) ?? 0));
      this.#lengths[movie * NUM_FIELDS + field] = counts.size;
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
