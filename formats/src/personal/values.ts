import { undrawn } from '../values/drawnStars.ts';
import { valueOf } from '../values/none.ts';
import { parseInt32 } from '../values/numbers.ts';
import { halfStarsOn } from '../values/scales.ts';
import { hasOneOrder, orderOf } from '../values/dates.ts';
import { parseTime } from '../values/times.ts';
import { parseYear } from '../values/years.ts';

/** A longer text is no title but a slip, such as quotes that never close. */
export const MAX_TITLE_LENGTH = 500;
const OUT_OF = /^(.+?)\s*\/\s*(5|10)$/;

/** The text of a field or of a JSON value, empty where it stands for none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? valueOf(String(value)) : '';
}

/** A title; null where there is none, or what is too long for one. A film may be called what elsewhere stands for none. */
export function titleOf(value: unknown): string | null {
  const title = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return title === '' || title.length > MAX_TITLE_LENGTH ? null : title;
}

/** A whole number above 0 that an id may be, `n.0` too; else null. */
export function idOf(value: unknown): number | null {
  return parseInt32(textOf(value)) || null;
}

/** IMDb's number in `tt0114709`, `0114709` or an address of a title; else null. */
export function imdbIdOf(value: unknown): number | null {
  const text = textOf(value);
  return idOf(/(?:^|\/)tt(\d+)(?:\/|\?|$)/i.exec(text)?.[1] ?? text);
}

/** A year, `1994.0` and the year of a date too; else null. */
export function yearOf(value: unknown): number | null {
  return parseYear(textOf(value));
}

/**
 * A rating as 1 … 10; null where there is none, 0 included, and off the scale. It may be drawn, `★★★½`, and say its scale, `7/10`.
 * @param most stars of the best rating, where the rating does not say
 */
export function halfStarsOf(value: unknown, most: 5 | 10): number | null {
  const text = textOf(value);
  const [, given = text, outOf = String(most)] = OUT_OF.exec(text) ?? [];
  const number = undrawn(given);
  if (Number(number.replace(',', '.')) === 0) return null;
  return halfStarsOn(outOf === '5' ? 'stars' : '10', number);
}

/** Unix time of a date as services write it, by itself taken as UTC; null where it is none or cannot be told. */
export function secondsOf(value: unknown): number | null {
  const text = textOf(value);
  return parseTime(text, orderOf(text) ?? (hasOneOrder(text) ? 'dmy' : 'iso'));
}
