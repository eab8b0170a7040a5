import { MAX_INT32, toHalfStars } from '../values/numbers.ts';

const NONE = /^(?:|null|none|nan|n\/a|-|\\n)$/i;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const YEAR = /^(?:18|19|20|21)\d\d$/;

/** A text without surrounding blanks; null where it stands for none. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return NONE.test(text) ? null : text;
}

/** A whole number above 0 that an id may be, `n.0` too; else null. */
export function idOf(value: unknown): number | null {
  const text = textOf(value)?.replace(/\.0+$/, '');
  if (!text || !/^\d{1,15}$/.test(text)) return null;
  const id = Number(text);
  return id > 0 && id <= MAX_INT32 ? id : null;
}

/** IMDb's number in `tt0114709`, `0114709` or an address of a title; else null. */
export function imdbIdOf(value: unknown): number | null {
  const text = textOf(value);
  return text === null ? null : idOf(/(?:^|\/)tt(\d+)(?:\/|\?|$)/i.exec(text)?.[1] ?? text);
}

/** A year, `1994.0` and the year of a date too; else null. */
export function yearOf(value: unknown): number | null {
  const text = textOf(value)
    ?.replace(/\.0+$/, '')
    .replace(/^(\d{4})-\d\d-\d\d.*$/, '$1');
  return text && YEAR.test(text) ? Number(text) : null;
}

/** A rating as 1 … 10; null where it is not on the scale. @param most stars of the best rating */
export function halfStarsOf(value: unknown, most: 5 | 10): number | null {
  const text = textOf(value)
    ?.replace(',', '.')
    .replace(/\s*\/\s*(?:5|10)$/, '');
  if (!text || !/^\d{1,2}(?:\.\d+)?$/.test(text)) return null;
  return toHalfStars((Number(text) * 5) / most);
}

/** Unix time of a date as services write it, by itself taken as UTC; null where it is none or cannot be told. */
export function secondsOf(value: unknown): number | null {
  const text = textOf(value);
  const milliseconds = text === null ? Number.NaN : (isoTime(text) ?? namedMonth(text) ?? slashed(text));
  const seconds = Math.floor((milliseconds ?? Number.NaN) / 1000);
  return seconds >= 0 && seconds <= MAX_INT32 ? seconds : null;
}

/** `2024-03-01`, `2024-03-01 10:00:00`, `2024-03-01T10:00:00.000Z`. */
function isoTime(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/i.exec(
    text,
  );
  if (!match) return null;
  const [, date = '', time = '00:00', zone = 'Z'] = match;
  const offset = /^(?:Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  return Date.parse(`${date}T${time}${offset}`);
}

/** `Sat Mar 15 00:00:00 2014`, as IMDb wrote it, `15 Mar 2014`, `March 15, 2014`. */
function namedMonth(text: string): number | null {
  const month = MONTHS.indexOf(
    /[a-z]+(?=[ .])/gi
      .exec(text.replace(/^(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+/i, ''))?.[0]
      .slice(0, 3)
      .toLowerCase() ?? '',
  );
  const year = /\b(\d{4})\b/.exec(text)?.[1];
  const day = /(?<![\d:])(\d{1,2})(?![\d:])/.exec(text)?.[1];
  return month < 0 || !year || !day ? null : dateOf(Number(year), month + 1, Number(day));
}

/** `31/12/2024` and `12/31/2024`; null where either number could be the month. */
function slashed(text: string): number | null {
  const [, first, second, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? [];
  if (!first || !second || !year) return null;
  const [one, other] = [Number(first), Number(second)];
  if (one > 12 || one === other) return dateOf(Number(year), other, one);
  return other > 12 ? dateOf(Number(year), one, other) : null;
}

function dateOf(year: number, month: number, day: number): number | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}
