import { parseId } from '@pocketrocket/formats';
import type { DatasetMovie } from './dataset.ts';

/** As many tell how the others are written. */
const MAX_SAMPLES = 50;
const MOST = 0.8;
const LEAST_SAMPLES = 3;
/** Fewer movies may lack a rating of the first or the last by chance. */
const LEAST_SHIFTED = 10;

/** Ways in which one id is written twice. */
const FORMS: readonly ((text: string) => string)[] = [
  (text) => text.toLowerCase(),
  (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''),
  (text) => /(\d+)\D*$/.exec(text)?.[1]?.replace(/^0+(?=\d)/, '') ?? '',
];

/** The movies that ratings name and the file of movies lacks, and why that may be. */
export class UnknownMovies {
  readonly #movies: ReadonlyMap<number | string, DatasetMovie>;
  readonly #samples = new Set<string>();
  readonly #files: { movies: string; ratings: string };

  constructor(
    movies: ReadonlyMap<number | string, DatasetMovie>,
    files: { movies: string; ratings: string },
  ) {
    this.#movies = movies;
    this.#files = files;
  }

  add(text: string): void {
    if (this.#samples.size < MAX_SAMPLES) this.#samples.add(text);
  }

  /** Says how the ids of both files differ; null where they are other ids. */
  cause(): string | null {
    const shift = this.#shift();
    if (shift) return shift.text;
    if (this.#samples.size < LEAST_SAMPLES) return null;
    return this.#otherForm() ?? this.#titles();
  }

  /**
   * Why all ratings may be of the movie before or after the right one: the movies are numbered without a gap, the ratings name the number before the first or after
   * the last, and have none of the movie at the other end. Null where nothing speaks for it.
   * @param isRated of a movieId
   */
  shift(isRated: (movieId: number) => boolean): string | null {
    const shift = this.#shift();
    return shift && !isRated(shift.otherEnd)
      ? `${shift.text}: every rating may be of its movie's neighbour`
      : null;
  }

  #otherForm(): string | null {
    const { movies, ratings } = this.#files;
    for (const form of FORMS) {
      const known = new Map([...this.#movies.keys()].map((id) => [form(String(id)), id]));
      known.delete('');
      const found = [...this.#samples].filter((text) => known.has(form(text)));
      const [example] = found;
      if (example === undefined || found.length < MOST * this.#samples.size) continue;
      return `ids are written in two ways, ${example} in ${ratings} and ${known.get(form(example))} in ${movies}: write them alike`;
    }
    return null;
  }

  #titles(): string | null {
    const titles = new Set([...this.#movies.values()].map(({ title }) => title.toLowerCase()));
    const named = [...this.#samples].filter((text) => titles.has(withoutYear(text).toLowerCase()));
    if (named.length < MOST * this.#samples.size) return null;
    const { movies, ratings } = this.#files;
    return `${ratings} names movies by titles, such as ${named[0]}: put the ids of ${movies} in their place`;
  }

  /** Numbers that begin one earlier or later than those of the movies, which have no gap; null where they do not. */
  #shift(): { text: string; otherEnd: number } | null {
    const [only = ''] = this.#samples;
    const unknown = parseId(only);
    const ids = [...this.#movies.keys()].filter((id) => typeof id === 'number');
    const isOne = this.#samples.size === 1 && typeof unknown === 'number';
    if (!isOne || ids.length < LEAST_SHIFTED || ids.length < this.#movies.size) return null;
    const lowest = ids.reduce((least, id) => Math.min(least, id));
    const highest = ids.reduce((most, id) => Math.max(most, id));
    if (highest - lowest !== ids.length - 1) return null;
    if (unknown !== lowest - 1 && unknown !== highest + 1) return null;
    const { movies, ratings } = this.#files;
    const isBefore = unknown < lowest;
    const text = `${ratings} counts movies from ${isBefore ? unknown : lowest + 1}, and ${movies} from ${lowest}`;
    return { text, otherEnd: isBefore ? highest : lowest };
  }
}

function withoutYear(title: string): string {
  return title.trim().replace(/\s*\(\d{4}\)$/, '');
}
