import { columnName } from '../formats/columns.ts';
import { readTable } from './table.ts';

/** The first bytes of files that people take for their export, and what they are. */
const MAGIC: readonly (readonly [magic: string, appearance: string])[] = [
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a zip file in a zip file in another: unpack it first'],
  ['RIFF', 'a picture, sound or film'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['\x1f\x8b', 'a gzip file: unpack it first'],
  ['Rar!', 'a RAR archive: unpack it first'],
  ['7z\xbc\xaf', 'a 7z archive: unpack it first'],
  ['SQLite format 3', 'an SQLite database'],
  ['\xd0\xcf\x11\xe0', 'an old Excel or Word document: save the sheet as CSV'],
];

/** Says what bytes look like that are no text; null for all else. */
export function appearanceOfBytes(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  // Pictures of telephones, and films.
  if (start.startsWith('ftyp', 4)) return 'a picture or film';
  return MAGIC.find(([magic]) => start.startsWith(magic))?.[1] ?? null;
}

/** Says what a text looks like that is no known export, for people. */
export function appearanceOfText(path: string, bytes: Uint8Array, text: string): string {
  const start = text.trimStart();
  if (start === '') return 'an empty file';
  if (start.startsWith('<')) return 'a web page: perhaps the one that offers the download, not the download';
  if (/^[[{]/.test(start)) return appearanceOfJson(start);
  const table = readTable(path, bytes);
  if (!table) return `a text that begins with “${excerpt(start)}”`;
  const names = table.columns.map(columnName);
  if (names.includes('userid') && names.includes('rating'))
    return 'ratings of many people, not of one: `npm run seed -- <folder>` imports such a data set';
  if (/netflix/i.test(path) || (names.length === 2 && names.includes('title') && names.includes('date')))
    return "Netflix's history, which names what was watched, with neither ratings nor ids";
  return `a table of the columns ${excerpt(table.columns.join(', '))}`;
}

function appearanceOfJson(text: string): string {
  try {
    const content: unknown = JSON.parse(text);
    const sample: unknown = Array.isArray(content) ? content[0] : content;
    const keys = typeof sample === 'object' && sample !== null ? Object.keys(sample) : [];
    return keys.length > 0 ? `JSON with ${excerpt(keys.join(', '))}` : 'JSON without films';
  } catch {
    return 'JSON that breaks off or is damaged: download it again';
  }
}

function excerpt(text: string): string {
  const line = text.split(/[\r\n]/, 1)[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
