import type { TableNotes } from '../rows/rows.ts';
import { causeOfMisfit } from './misfits.ts';
import { CAUSE_OF_BAD_IDS, type ProblemKind } from './problems.ts';

const CAUSES: Partial<Readonly<Record<ProblemKind, string>>> = {
  badId: CAUSE_OF_BAD_IDS,
  badTitle: 'movies without a title: is another column the title?',
  duplicateMovie:
    'one row for each title of a movie, or one id for several movies: join them to one row, or give each movie an id of its own',
  unknownMovie: 'the file of movies is of another data set, or not whole',
  longTitle: 'the title has more than titles: is another column the title?',
  badYear: 'years are read as 1994, 1994-03-31 or 31-Mar-1994: is another column the year?',
  badGenre:
    'genres are separated by |, or by ; , / where most rows hold these: is another column the genres?',
  badLink: 'ids are numbers, those of IMDb with tt or without: is another column the id?',
};

/** The likely cause of a problem of a file of movies or links, and what mends it; null where nothing is known. */
export function causeOfMovies(kind: ProblemKind, notes: TableNotes | undefined): string | null {
  if (kind === 'columnCount') return notes ? causeOfMisfit(notes) : null;
  return CAUSES[kind] ?? null;
}
