import { UNKNOWN_TIME, type RatingBlock } from '@pocketrocket/formats';
import type { SqlValue } from './tableLoader.ts';

const MAX_RATING_BYTES = 4 * 11;
const CHARACTERS_PER_PIECE = 1 << 16;
const ZERO = 0x30;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const CAPITAL_N = 0x4e;

/** Rows as LOAD DATA reads them: fields between tabs, `\N` for NULL. */
export function* rowsText(rows: Iterable<readonly SqlValue[]>): Generator<Buffer> {
  let text = '';
  for (const row of rows) {
    text += `${row.map(fieldText).join('\t')}\n`;
    if (text.length < CHARACTERS_PER_PIECE) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function fieldText(value: SqlValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return value.replace(/[\\\t\n\r\0]/g, (character) => ESCAPED[character] ?? '');
}

const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
};

/** Ratings as LOAD DATA reads them: user, movie, half stars, time. */
export function blockText({ length, userIds, movieIds, halfStars, ratedAtSeconds }: RatingBlock): Buffer {
  const bytes = Buffer.allocUnsafe(length * MAX_RATING_BYTES);
  let end = 0;
  for (let index = 0; index < length; index++) {
    end = writeNumber(bytes, end, userIds[index] ?? 0);
    bytes[end++] = TAB;
    end = writeNumber(bytes, end, movieIds[index] ?? 0);
    bytes[end++] = TAB;
    end = writeNumber(bytes, end, halfStars[index] ?? 0);
    bytes[end++] = TAB;
    const at = ratedAtSeconds[index] ?? UNKNOWN_TIME;
    if (at === UNKNOWN_TIME) {
      bytes[end++] = BACKSLASH;
      bytes[end++] = CAPITAL_N;
    } else end = writeNumber(bytes, end, at);
    bytes[end++] = LINE_FEED;
  }
  return bytes.subarray(0, end);
}

/** Writes a number from 0 to 2³¹ − 1 in decimal; returns where it ends. */
function writeNumber(bytes: Buffer, start: number, value: number): number {
  let end = start + 1;
  for (let rest = value; rest >= 10; rest = (rest / 10) | 0) end++;
  let rest = value;
  for (let at = end - 1; at >= start; at--) {
    const tens = (rest / 10) | 0;
    bytes[at] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return end;
}
