import { useLingui } from '@lingui/react';
import { genreWordsOf, type GenreWords } from './genres.ts';

/** Genres as the reader's language names them. */
export const useGenreWords = (): GenreWords => genreWordsOf(useLingui().i18n);
