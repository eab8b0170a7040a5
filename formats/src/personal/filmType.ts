import { columnName } from '../formats/columns.ts';

const NO_FILM = /^tv$|series|show|pilot|episode|season|game|podcast|musicvideo|person/;

/** Why a title of this type is left out: it is no film; null for films, shorts and what has no type. */
export function notAFilm(type: string): string | null {
  return NO_FILM.test(columnName(type)) ? `no film: ${type.trim().toLowerCase()}` : null;
}
