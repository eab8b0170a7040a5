import { FormatError } from '../checks/formatError.ts';
import { decodeText } from '../reading/encoding.ts';
import { appearanceOfBytes, appearanceOfText } from './appearance.ts';
import { readImdb } from './imdb.ts';
import { readLetterboxd } from './letterboxd.ts';
import { mergeRows } from './mergeRows.ts';
import { readMovieLensOrg } from './movieLensOrg.ts';
import { LeftOutCounter, type LeftOut, type PersonalFile, type PersonalRow } from './personalRow.ts';
import { readOtherTable } from './otherTable.ts';
import { readTable } from './table.ts';
import { readTraktCsv, readTraktJson } from './trakt.ts';
import { unpack, type ExportFile } from './unpack.ts';

/** One person's films as a service exported them. */
export interface PersonalExport {
  /** `Letterboxd`, `IMDb`, `Trakt`, `movielens.org`, or what another table is read as; several with commas. */
  service: string;
  rows: PersonalRow[];
  /** Rows that are not among them, by the reason. */
  leftOut: LeftOut;
  /** The files that were read, and what the others look like. */
  files: { path: string; problem: string | null }[];
}

const AMBIGUOUS_DATES = 'dates alone, as day and month cannot be told apart';

/** Readers of tables, those first whose columns are the most telling. */
const TABLES = [readLetterboxd, readImdb, readMovieLensOrg, readTraktCsv, readOtherTable];

/** The exports that are read, for people. */
export const PERSONAL_EXPORTS =
  "Letterboxd's zip file, IMDb's or Trakt's ratings (CSV, JSON or zip), movielens-ratings.csv of movielens.org, or a table of titles and ratings (CSV)";

/**
 * Reads a person's export: a zip file, a file, or several. The service is told by what is in the files, not by what they are called.
 * @throws FormatError that says what the file looks like, where it is none
 */
export function readPersonalExport(files: readonly ExportFile[]): PersonalExport {
  const read = unpack(files).map((file) => ({ path: file.path, ...readFile(file) }));
  const known = read.flatMap(({ result }) => result ?? []);
  if (known.length === 0) throw noExport(files, read);
  const leftOut = new LeftOutCounter();
  for (const file of known) for (const [reason, times] of file.leftOut) leftOut.count(reason, times);
  const rows = mergeRows(known).filter((row) => {
    const isNamed = row.title !== null || row.imdbId !== null || row.tmdbId !== null;
    if (!isNamed) leftOut.count('neither title nor id');
    return isNamed;
  });
  return {
    service: [...new Set(known.map(({ service }) => service))].join(', '),
    rows,
    leftOut,
    files: read.map(({ path, problem }) => ({ path, problem })),
  };
}

interface ReadFile {
  result: PersonalFile | null;
  problem: string | null;
}

function readFile({ path, bytes }: ExportFile): ReadFile {
  const text = appearanceOfBytes(bytes) === null ? textOfFile(path, bytes) : null;
  if (text === null)
    return { result: null, problem: appearanceOfBytes(bytes) ?? 'a file of bytes, not of text' };
  const result = /^\s*[[{]/.test(text) ? readJson(path, text) : readCsv(path, bytes);
  return { result, problem: result ? null : appearanceOfText(path, bytes, text) };
}

/** Null where it is no text. */
function textOfFile(path: string, bytes: Uint8Array): string | null {
  try {
    return decodeText(path, bytes);
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

function readJson(path: string, text: string): PersonalFile | null {
  const content = parsedJson(text) ?? jsonLines(text);
  // Null is said by `appearanceOfText`.
  return content === null ? null : readTraktJson(path, content);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A list of what each line holds, as programs write logs; null where a line is no JSON. */
function jsonLines(text: string): unknown[] | null {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const values = lines.map(parsedJson);
  return values.includes(null) ? null : values;
}

function readCsv(path: string, bytes: Uint8Array): PersonalFile | null {
  const table = readTable(path, bytes);
  if (!table) return null;
  for (const read of TABLES) {
    const file = read(path, table);
    if (!file) continue;
    const leftOut = new LeftOutCounter(file.leftOut);
    if (table.numUnreadable > 0) leftOut.count('quotes that do not match', table.numUnreadable);
    if (table.numAmbiguousDates > 0) leftOut.count(AMBIGUOUS_DATES, table.numAmbiguousDates);
    return { ...file, leftOut };
  }
  return null;
}

function noExport(
  files: readonly ExportFile[],
  read: readonly { path: string; problem: string | null }[],
): FormatError {
  const file = files[0]?.path ?? 'nothing';
  const seen = read.slice(0, 3).map(({ path, problem }) => `${path} looks like ${problem}`);
  const looks = seen.length > 0 ? seen.join('; ') : `${file} holds no files`;
  return new FormatError(`no export that can be read: ${looks}. Choose ${PERSONAL_EXPORTS}.`, file, null);
}
