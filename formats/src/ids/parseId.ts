import { withoutExponent } from '../values/numbers.ts';

/** Longest text of an id, in UTF-16 code units. */
export const MAX_ID_LENGTH = 200;

/** Whole numbers that every API and column of 32 bits holds are below. */
export const NUMBERS_END = 2 ** 31;

const NO_ID = /^(?:|nan|null|none|#?n\/a|<na>|\\n)$/i;
const WHOLE_NUMBER = /^(-?)0*(\d+)(?:\.0+|,0{1,2})?$/;
/** Long numbers as spreadsheets save them: several ids become one. Those that lost nothing are read before. */
const SHORTENED = /^-?\d(?:[.,]\d+)?e\+\d+$/i;
const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * An id of any kind, as it is compared: a number where it is a whole one from 0 up to `plainBelow`, which it excludes; else its text, without
 * blanks around it and, where it is a whole number, leading zeros and `.0`. Null where there is none: nothing, `NULL`, `NaN` and their
 * like, more than `MAX_ID_LENGTH` characters, control characters, and numbers that were shortened to `1.2E+17`.
 */
export function parseId(text: string, plainBelow = NUMBERS_END): number | string | null {
  if (/^\d{1,10}$/.test(text)) {
    const value = Number(text);
    return value < plainBelow ? value : String(value);
  }
  const blanked = text.trim();
  const trimmed = withoutExponent(blanked) ?? blanked;
  if (NO_ID.test(trimmed) || trimmed.length > MAX_ID_LENGTH || CONTROL_CHARACTER.test(trimmed)) return null;
  if (SHORTENED.test(trimmed)) return null;
  const [, sign = '', digits = ''] = WHOLE_NUMBER.exec(trimmed) ?? [];
  if (digits === '') return trimmed;
  if (sign !== '' && digits !== '0') return sign + digits;
  const value = Number(digits);
  return value < plainBelow ? value : digits;
}

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const FIRST_PRINTED = 0x21;
const LAST_PRINTED = 0x7e;
const QUOTE = 0x22;
const PLUS = 0x2b;

/**
 * True where bytes between two separators are, as they stand, the text that `parseId` gives: ASCII without blanks, quotes and plus signs,
 * with a letter in it, or a number that begins with another digit than 0 and is known to be too large. Whatever else there is, is
 * left to `parseId`.
 */
export function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length === 0 || length > MAX_ID_LENGTH) return false;
  let hasLetter = false;
  let isNumber = bytes[start] !== DIGIT_0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < FIRST_PRINTED || byte > LAST_PRINTED || byte === QUOTE || byte === PLUS) return false;
    const isDigit = byte >= DIGIT_0 && byte <= DIGIT_9;
    isNumber &&= isDigit;
    const lower = byte | 0x20;
    hasLetter ||= lower >= 0x61 && lower <= 0x7a;
  }
  if (!hasLetter) return isNumber;
  return length > 4 || !NO_ID.test(String.fromCharCode(...bytes.subarray(start, end)));
}
