import { MAX_INT32 } from './numbers.ts';

/** The ways in which a column of times is written: Unix time in seconds or milliseconds, or dates. */
export const TIME_UNITS = ['s', 'ms', 'iso'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** Dates without separators: `20201013`, which is seconds unless dates are asked for, and `20201013123015`. */
const COMPACT_DATE =
  /^((?:19|20)\d{2})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2}):?(\d{2}))?(?:[.,]\d+)?(?=$|Z|[-+])/i;
const COMPACT_TIME = /^(?:19|20)\d{12}(?!\d)/;
const NUMBER = /^(-?\d{1,19})(?:[.,]\d+)?$/;
const DATE =
  /^(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[-+]\d{2}(?::?\d{2})?)?(?: (?:UTC|GMT))?$/i;
const GERMAN_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?=$|[\s,T])/;
/** Milliseconds below are days of early 1970; as seconds they are years from 1973 on. */
const LEAST_SECONDS_AMONG_MS = 1e8;

/**
 * Unix time in whole seconds, 0 to 2³¹ − 1, else null. Dates without a zone are UTC; a date without a time is its midnight.
 * @param unit null for seconds and dates, told apart by how they look. In `ms`, numbers that as milliseconds were days of early 1970 and as
 *   seconds are years from 1973 on are seconds: files of two origins mix both.
 */
export function parseTime(text: string, unit: TimeUnit | null): number | null {
  const trimmed = text.trim();
  const isDate = unit === 'iso' || (unit === null && COMPACT_TIME.test(trimmed));
  const seconds = (isDate ? null : numberSeconds(trimmed, unit)) ?? dateSeconds(trimmed);
  return seconds !== null && seconds >= 0 && seconds <= MAX_INT32 ? seconds : null;
}

function numberSeconds(text: string, unit: TimeUnit | null): number | null {
  const found = NUMBER.exec(text);
  if (!found) return null;
  const value = Number(found[1]);
  const isInSeconds = unit !== 'ms' || (value >= LEAST_SECONDS_AMONG_MS && value <= MAX_INT32);
  return isInSeconds ? value : Math.floor(value / 1000);
}

/** The seconds of a date of any century; null for what is none. */
export function dateSeconds(text: string): number | null {
  const german = GERMAN_DATE.exec(text);
  const iso = german
    ? text.replace(
        GERMAN_DATE,
        (_, day: string, month: string, year: string) => `${year}-${two(month)}-${two(day)}`,
      )
    : text.replace(
        COMPACT_DATE,
        (_, year: string, month: string, day: string, hour = '00', minute = '00', second = '00') =>
          `${year}-${month}-${day} ${hour}:${minute}:${second}`,
      );
  const found = DATE.exec(iso);
  if (!found) return null;
  const [, year, , month, day, hour = '0', minute = '0', second = '0', zone = 'Z'] = found;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // 31 February is no date, and not the third of March.
  if (at.getUTCMonth() !== Number(month) - 1 || at.getUTCDate() !== Number(day)) return null;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return null;
  const inZone = at.getTime() / 1000 + Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return inZone - zoneSeconds(zone);
}

function zoneSeconds(zone: string): number {
  const found = /^([-+])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!found) return 0;
  const seconds = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60;
  return found[1] === '-' ? -seconds : seconds;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}
