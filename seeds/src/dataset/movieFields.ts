import {
  decodeEntities,
  isNoDate,
  parseInt32,
  parseMovieLensTitle,
  parseYear,
  valueOf,
  type ParsedTitle,
  type RawMovie,
} from '@pocketrocket/formats';

/** The number of a title at IMDb: alone, after `tt`, or in an address. */
const IMDB_ID = /^(?:.*\/)?tt(\d{1,12})(?:[/?#].*)?$/i;
const TMDB_ADDRESS = /\/movie\/(\d{1,12})/;

/** Title, year and further titles of a movie. */
export interface TitleFields extends ParsedTitle {
  /** The year's text, where that is none. */
  unreadYear: string | null;
}

/**
 * Takes title and year from where they stand: without a column of years, and where a title carries the year that the column has or lacks, the title is read as MovieLens writes
 * it; else it is taken as it stands.
 */
export function readTitle({ title, releaseYear }: Pick<RawMovie, 'title' | 'releaseYear'>): TitleFields {
  const parsed = parseMovieLensTitle(title);
  if (releaseYear === null) return { ...parsed, unreadYear: null };
  const given = valueOf(releaseYear);
  const text = /^0+(?:[.,]0+)?$/.test(given) || isNoDate(given) ? '' : given;
  const year = text === '' ? null : parseYear(text);
  const unreadYear = text !== '' && year === null ? text : null;
  if (parsed.releaseYear !== null && (year === null || year === parsed.releaseYear))
    return { ...parsed, unreadYear };
  return {
    title: decodeEntities(title)
      .replace(/\s*[\r\n]+\s*/g, ' ')
      .trim(),
    releaseYear: year,
    alternativeTitles: [],
    unreadYear,
  };
}

/** IMDb's number of a title, without `tt` and leading zeros: null for none and 0, undefined where the text is none of IMDb's. */
export function readImdbId(text: string): number | null | undefined {
  const value = valueOf(text);
  if (value === '') return null;
  return numberOf(IMDB_ID.exec(value)?.[1] ?? value);
}

/** TMDB's number of a movie: null for none and 0, undefined where the text is none of TMDB's. */
export function readTmdbId(text: string): number | null | undefined {
  const value = valueOf(text);
  if (value === '') return null;
  return numberOf(TMDB_ADDRESS.exec(value)?.[1] ?? value);
}

function numberOf(digits: string): number | null | undefined {
  const value = parseInt32(digits);
  return value === 0 ? null : (value ?? undefined);
}
