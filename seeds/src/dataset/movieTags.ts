import { MAX_TAG_LENGTH } from '@pocketrocket/schema/database';

/** Numbers that a key has room for beside a movieId. */
const TAGS_END = 2 ** 22;
const FIRST_ROOM = 1 << 12;

/** A tag of a movie: number of the movie, place among its tags from 1, the tag, and how often it was given. */
export type TagRow = [movieId: number, place: number, tag: string, count: number];

/**
 * Counts how often each movie was given each tag, in 8 bytes for each time: the keys are sorted and equal ones counted.
 */
export class MovieTags {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];
  #keys = new Float64Array(FIRST_ROOM);
  #length = 0;
  #isSorted = true;

  /** Number of times that a tag was given. */
  get numGiven(): number {
    return this.#length;
  }

  /** Counts a tag as a file writes it; false for one that is none. */
  add(movieId: number, text: string): boolean {
    const tag = normaliseTag(text);
    if (tag === '') return false;
    let number = this.#numbers.get(tag);
    if (number === undefined) {
      if (this.#texts.length === TAGS_END) return false;
      number = this.#texts.push(tag) - 1;
      this.#numbers.set(tag, number);
    }
    if (this.#length === this.#keys.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#keys);
      this.#keys = larger;
    }
    this.#keys[this.#length++] = movieId * TAGS_END + number;
    this.#isSorted = false;
    return true;
  }

  /** The tags of all movies, by movieId, of each the most used first, ties by tag. */
  *rows(): Generator<TagRow> {
    for (const [movieId, tags] of this.#byMovie()) {
      tags.sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
      for (const [index, [tag, count]] of tags.entries()) yield [movieId, index + 1, tag, count];
    }
  }

  /** The numbers of movies with tags, and of their different tags in all. */
  totals(): { movies: number; tags: number } {
    let movies = 0;
    let tags = 0;
    for (const [, ofMovie] of this.#byMovie()) {
      movies++;
      tags += ofMovie.length;
    }
    return { movies, tags };
  }

  *#byMovie(): Generator<[movieId: number, tags: [tag: string, count: number][]]> {
    const keys = this.#keys.subarray(0, this.#length);
    if (!this.#isSorted) keys.sort();
    this.#isSorted = true;
    let tags: [string, number][] = [];
    for (let start = 0, end = 0; start < keys.length; start = end) {
      const key = keys[start] ?? 0;
      while (keys[end] === key) end++;
      tags.push([this.#texts[key % TAGS_END] ?? '', end - start]);
      const movieId = Math.floor(key / TAGS_END);
      if (end < keys.length && Math.floor((keys[end] ?? 0) / TAGS_END) === movieId) continue;
      yield [movieId, tags];
      tags = [];
    }
  }
}

/** A tag in lower case, without control characters and needless space; one that is too long is cut. */
export function normaliseTag(text: string): string {
  const tag = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (tag.length <= MAX_TAG_LENGTH) return tag;
  const characters = Array.from(tag);
  return characters.length > MAX_TAG_LENGTH ? `${characters.slice(0, MAX_TAG_LENGTH - 1).join('')}…` : tag;
}
