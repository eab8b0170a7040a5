import { dateSeconds, type DayOrder } from './dates.ts';
import { MAX_INT32, withoutExponent } from './numbers.ts';

/**
 * The ways in which a column of times is written: Unix time in seconds, milliseconds, microseconds or nanoseconds; dates; dates of which day and
 * month are numbers, in this order or the other; days as spreadsheets count them.
 */
export const TIME_UNITS = ['s', 'ms', 'us', 'ns', 'iso', 'dmy', 'mdy', 'days'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** Dates without separators: `20201013` is seconds unless dates are asked for; with hours and minutes they are later than any seconds. */
const COMPACT_TIME = /^(?:19|20)\d{10}(?:\d{2})?(?!\d)/;
const NUMBER = /^(-?\d{1,19})(?:[.,]\d+)?$/;
const DAYS = /^\d{5}(?:[.,]\d+)?$/;
/** Fractions of a second by unit. */
const FRACTIONS: Readonly<Record<string, number>> = { ms: 1e3, us: 1e6, ns: 1e9 };
/** Fractions of a second below are days of early 1970; as seconds they are years from 1973 on. */
const LEAST_SECONDS = 1e8;
/** The first of January 1970, in days since the end of 1899. */
const FIRST_DAY = 25_569;
const SECONDS_A_DAY = 86_400;
/** Dates that databases and programs write where there is none. */
const NO_DATE =
  /^(?:0000-00-00|0001-01-01|1899-12-30|1900-01-0[01])(?:$|[ T]00:00(?::00(?:\.0+)?)?(?:Z|[-+]00:?00)?$)/i;

/**
 * Unix time in whole seconds, 0 to 2³¹ − 1, else null. Dates without a zone are UTC; a date without a time is its midnight.
 * @param unit null for seconds and dates, told apart by how they look. In `ms`, `us` and `ns`, numbers that in a coarser unit are years from
 *   1973 on are in that unit.
 */
export function parseTime(text: string, unit: TimeUnit | null): number | null {
  const trimmed = text.trim();
  const seconds = secondsIn(withoutExponent(trimmed) ?? trimmed, unit);
  return seconds !== null && seconds >= 0 && seconds <= MAX_INT32 ? seconds : null;
}

/** True for dates that stand for none: the first ones that MySQL, .NET and spreadsheets know. */
export function isNoDate(text: string): boolean {
  return NO_DATE.test(text);
}

function secondsIn(text: string, unit: TimeUnit | null): number | null {
  if (unit === 'days' && DAYS.test(text))
    return Math.round((Number(text.replace(',', '.')) - FIRST_DAY) * SECONDS_A_DAY);
  const isOfDates = unit === 'iso' || unit === 'dmy' || unit === 'mdy' || unit === 'days';
  const isDate = isOfDates || (unit === null && COMPACT_TIME.test(text));
  const order: DayOrder = unit === 'dmy' || unit === 'mdy' ? unit : null;
  return (isDate ? null : numberSeconds(text, unit)) ?? dateSeconds(text, order);
}

function numberSeconds(text: string, unit: TimeUnit | null): number | null {
  const found = NUMBER.exec(text);
  if (!found) return null;
  const value = Number(found[1]);
  const finest = FRACTIONS[unit ?? 's'] ?? 1;
  // Files of several origins mix units: of those up to the one that is said, the first that makes it a date from 1973 on.
  const fraction = [1, ...Object.values(FRACTIONS)].find(
    (one) => one <= finest && value / one >= LEAST_SECONDS && value / one <= MAX_INT32,
  );
  return Math.floor(value / (fraction ?? finest));
}
