import { isNone } from './none.ts';

const NO_GENRE = new Set(['(no genres listed)', 'unknown']);
const RENAMED: ReadonlyMap<string, string> = new Map([["Children's", 'Children']]);

/**
 * Genre names as one data set spells them: names that differ in case or accents only are one genre, as MySQL's
 * collation takes them, spelt as first met.
 */
export class GenreNames {
  readonly #spelling = new Map<string, string>();

  /** The genres that a row names, each once, sorted; names for "none" left out. */
  normalise(names: readonly string[]): string[] {
    const spelt = names
      .map((name) => name.trim())
      .filter((name) => !isNone(name) && !NO_GENRE.has(name.toLowerCase()))
      .map((name) => this.#spell(RENAMED.get(name) ?? name));
    return [...new Set(spelt)].sort();
  }

  #spell(name: string): string {
    const key = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    const known = this.#spelling.get(key);
    if (known !== undefined) return known;
    this.#spelling.set(key, name);
    return name;
  }
}
