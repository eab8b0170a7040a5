import { GenreNames, imdbIdOf, isDamaged, parseMovieLensTitle } from '@pocketrocket/formats';
import type { MovieInput } from '@pocketrocket/schema';
import { MAX_OVERVIEW_LENGTH, type OverlayFilm } from '@pocketrocket/schema/database';
import { checkEntries, refuse } from '../arguments/checks.ts';

const MAX_EXTERNAL_ID_LENGTH = 200;
const MAX_TITLE_LENGTH = 300;
const MAX_GENRE_LENGTH = 60;
const MAX_URL_LENGTH = 500;
/** Genres, and other titles, of one movie. */
const MAX_OF_MOVIE = 20;
const FIRST_YEAR = 1800;
const LAST_YEAR = 2199;

/** Control characters, and halves of characters. */
const CONTROL_CHARACTER = /[\p{Cc}\p{Cs}]/u;
/** An overview may have paragraphs. */
const CONTROL_CHARACTER_IN_TEXT = /(?![\n\r\t])[\p{Cc}\p{Cs}]/u;

/** Checks movies as an app describes them. @throws AppError BAD_USER_INPUT that says which is wrong, and what it may be */
export function checkMovies(movies: readonly MovieInput[]): OverlayFilm[] {
  checkEntries(movies, 'movies');
  const names = new GenreNames();
  const seen = new Set<string>();
  return movies.map((movie, place) => {
    const externalId = checkExternalId(movie.externalId, `externalId of movie ${place + 1}`);
    if (seen.has(externalId)) refuse(`externalId ${excerpt(externalId)} stands twice among the movies`);
    seen.add(externalId);
    return toFilm(movie, externalId, names);
  });
}

/** Checks ids that an app gives. @throws AppError BAD_USER_INPUT */
export function checkExternalIds(externalIds: readonly string[]): string[] {
  checkEntries(externalIds, 'externalIds');
  return externalIds.map((externalId, place) => checkExternalId(externalId, `externalId ${place + 1}`));
}

function checkExternalId(given: string, subject: string): string {
  return checkText(given, subject, MAX_EXTERNAL_ID_LENGTH) ?? refuse(`${subject} is empty`);
}

function toFilm(movie: MovieInput, externalId: string, names: GenreNames): OverlayFilm {
  const of = (field: string) => `${field} of movie ${excerpt(externalId)}`;
  const { title, releaseYear, alternativeTitles } = checkTitle(movie, of);
  return {
    externalId,
    title,
    releaseYear,
    alternativeTitles: [
      ...new Set([
        ...alternativeTitles,
        ...checkList(movie.alternativeTitles, of('alternativeTitles'), MAX_TITLE_LENGTH),
      ]),
    ].filter((other) => other !== title),
    genres: names.normalise(checkList(movie.genres, of('genres'), MAX_GENRE_LENGTH)),
    posterUrl: checkUrl(movie.posterUrl, of('posterUrl')),
    overview: checkText(movie.overview, of('overview'), MAX_OVERVIEW_LENGTH, CONTROL_CHARACTER_IN_TEXT),
    imdbId: checkImdb(movie.imdbId, of('imdbId')),
    tmdbId: checkTmdb(movie.tmdbId, of('tmdbId')),
  };
}

/** Title and year, as imports take them: a title that carries the year, or has one where none is given, is taken apart. */
function checkTitle(
  movie: MovieInput,
  of: (field: string) => string,
): Pick<OverlayFilm, 'title' | 'releaseYear' | 'alternativeTitles'> {
  const title = checkText(movie.title, of('title'), MAX_TITLE_LENGTH) ?? refuse(`${of('title')} is empty`);
  if (isDamaged(title))
    refuse(`${of('title')} has letters that were lost before it was sent: send it in UTF-8`);
  const year = movie.releaseYear ?? null;
  if (year !== null && !(year >= FIRST_YEAR && year <= LAST_YEAR))
    refuse(`${of('releaseYear')} must be between ${FIRST_YEAR} and ${LAST_YEAR}; it is ${year}`);
  const parsed = parseMovieLensTitle(title);
  if (parsed.releaseYear !== null && (year === null || year === parsed.releaseYear)) return parsed;
  return { title, releaseYear: year, alternativeTitles: [] };
}

function checkList(
  list: readonly string[] | null | undefined,
  subject: string,
  mostOfEach: number,
): string[] {
  checkEntries(list, subject, MAX_OF_MOVIE);
  return (list ?? []).flatMap((text) => checkText(text, subject, mostOfEach) ?? []);
}

/** The text without blanks around it; null where nothing is left. */
function checkText(
  given: string | null | undefined,
  subject: string,
  most: number,
  forbidden = CONTROL_CHARACTER,
): string | null {
  const text = (given ?? '').trim();
  if (text.length > most) refuse(`${subject} may have ${most} characters; it has ${text.length}`);
  if (forbidden.test(text))
    refuse(`${subject} has control characters, or halves of characters`);
  return text === '' ? null : text;
}

function checkUrl(given: string | null | undefined, subject: string): string | null {
  const text = checkText(given, subject, MAX_URL_LENGTH);
  if (text === null) return null;
  const isWeb = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  return isWeb ? text : refuse(`${subject} must be an address that begins with https:// or http://`);
}

function checkImdb(given: string | null | undefined, subject: string): number | null {
  const text = checkText(given, subject, MAX_URL_LENGTH);
  if (text === null) return null;
  return imdbIdOf(text) ?? refuse(`${subject} is written like tt0114709; it is ${excerpt(text)}`);
}

function checkTmdb(tmdbId: number | null | undefined, subject: string): number | null {
  if (tmdbId === null || tmdbId === undefined) return null;
  return tmdbId > 0 ? tmdbId : refuse(`${subject} must be above 0; it is ${tmdbId}`);
}

function excerpt(text: string): string {
  return `“${text.slice(0, 40)}”`;
}
