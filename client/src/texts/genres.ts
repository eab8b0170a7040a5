import type { I18n } from '@lingui/core';

/** The ids of `genreTexts.ts` are this before a genre's name. */
const ID_START = 'genre.';

export interface GenreWords {
  /** The genre's name as the reader's language has it; one that is not MovieLens' is shown as it is. */
  genreName: (name: string) => string;
  /** Several names in one text. */
  genreNames: (names: readonly string[]) => string;
  /** Genres in the order of the names that are shown. */
  byGenreName: (names: readonly string[]) => string[];
}

/** Genres in the words of a language. */
export function genreWordsOf(i18n: I18n): GenreWords {
  const genreName = (name: string) => {
    const id = `${ID_START}${name}`;
    return Object.hasOwn(i18n.messages, id) ? i18n._(id) : name;
  };
  return {
    genreName,
    genreNames: (names) => names.map(genreName).join(', '),
    byGenreName: (names) =>
      [...names].sort((one, other) => genreName(one).localeCompare(genreName(other), i18n.locale)),
  };
}
