const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[\s,TZ]|[-+]\d{2}:?\d{2}$)/i;
/** `20201013`, `20201013123015` and `20201013T123015`. */
const COMPACT =
  /^((?:19|20)\d{2})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?(?:[.,]\d+)?(?=$|Z|[-+])/i;
const WITH_POINTS = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?=$|[\s,T])/;
const TWO_NUMBERS = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?=$|[\s,T])/;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+/i;
const DAY_MONTH_YEAR =
  /^(\d{1,2})(?:st|nd|rd|th)?[-\s./]+([a-z]{3,9})\.?,?[-\s./]+(\d{4}|\d{2})(?=$|[\s,:T])/i;
const MONTH_DAY_YEAR = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?=$|[\s,])/i;
/** As C and IMDb write it, the year last. */
const CTIME = /^([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}:\d{2}:\d{2})\s+(\d{4})$/i;
const CLOCK =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([ap])\.?m\.?)?\s*(?:(?:UTC|GMT)(?=[-+]))?(Z|UTC|GMT|[-+]\d{2}(?::?\d{2})?)?(?:\s+(?:UTC|GMT))?(?:\s*\([^)]*\)|\[[^\]]*\])?$/i;

/** Orders of day and month where both are numbers; null takes such dates only with points between, as they are written where the day comes first. */
export type DayOrder = 'dmy' | 'mdy' | null;

interface Day {
  year: number;
  month: number;
  day: number;
  /** The text behind the date. */
  rest: string;
}

/** The seconds of a date of any century since 1970; null for what is none. Dates without a zone are UTC; a date without a time is its midnight. */
export function dateSeconds(text: string, order: DayOrder = null): number | null {
  const trimmed = text.trim();
  // Most files have the year first.
  const found = yearFirst(trimmed) ?? yearLast(trimmed, order);
  if (!found) return null;
  const { year, month, day, rest } = found;
  const at = new Date(Date.UTC(year, month - 1, day));
  // 31 February is no date, and not the third of March.
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  const clock = clockSeconds(rest.replace(/^[\s,T:]+/i, ''));
  return clock === null ? null : at.getTime() / 1000 + clock;
}

/** The order of day and month that a date with both as numbers can only have; null where it is none, or either is possible. */
export function orderOf(text: string): DayOrder {
  const [, first, , second] = TWO_NUMBERS.exec(text.trim()) ?? [];
  if (Number(first) > 12 && Number(second) <= 12) return 'dmy';
  return Number(second) > 12 && Number(first) <= 12 ? 'mdy' : null;
}

/** True for dates of which day and month are one number, so that their order does not matter. */
export function hasOneOrder(text: string): boolean {
  const [, first, , second] = TWO_NUMBERS.exec(text.trim()) ?? [];
  return first !== undefined && Number(first) === Number(second);
}

/** True for dates of which day, month and year are numbers, the year last. */
export function hasDayFirst(text: string): boolean {
  return TWO_NUMBERS.test(text.trim());
}

function yearLast(text: string, order: DayOrder): Day | null {
  const plain = text
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\s+/g, ' ')
    .replace(WEEKDAY, '');
  return named(plain) ?? ctime(plain) ?? numbered(plain, order);
}

function yearFirst(text: string): Day | null {
  const found = YEAR_FIRST.exec(text);
  if (found) return dayAt(text, found, { year: found[1], month: found[3], day: found[4] });
  const compact = COMPACT.exec(text);
  if (!compact) return null;
  const [whole, year, month, day, hour, minute = '00', second = '00'] = compact;
  const clock = hour === undefined ? '' : `${hour}:${minute}:${second}`;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  return { ...date, rest: clock + text.slice(whole.length) };
}

function named(text: string): Day | null {
  const inEurope = DAY_MONTH_YEAR.exec(text);
  if (inEurope)
    return dayAt(text, inEurope, { day: inEurope[1], month: monthOf(inEurope[2]), year: inEurope[3] });
  const inAmerica = MONTH_DAY_YEAR.exec(text);
  return (
    inAmerica &&
    dayAt(text, inAmerica, { month: monthOf(inAmerica[1]), day: inAmerica[2], year: inAmerica[3] })
  );
}

function ctime(text: string): Day | null {
  const found = CTIME.exec(text);
  return (
    found && {
      ...dayAt(text, found, { month: monthOf(found[1]), day: found[2], year: found[4] }),
      rest: found[3] ?? '',
    }
  );
}

function numbered(text: string, order: DayOrder): Day | null {
  const points = WITH_POINTS.exec(text);
  if (points && order !== 'mdy')
    return dayAt(text, points, { day: points[1], month: points[2], year: points[3] });
  const found = order === null ? null : TWO_NUMBERS.exec(text);
  if (!found) return null;
  const [, first, , second, year] = found;
  return dayAt(
    text,
    found,
    order === 'dmy' ? { day: first, month: second, year } : { month: first, day: second, year },
  );
}

function dayAt(
  text: string,
  [whole]: RegExpExecArray,
  { year, month, day }: Record<'year' | 'month' | 'day', string | number | undefined>,
): Day {
  const value = Number(year);
  // Of two digits, as spreadsheets read them.
  const full = String(year).length > 2 ? value : value < 70 ? 2000 + value : 1900 + value;
  return { year: full, month: Number(month), day: Number(day), rest: text.slice(whole.length) };
}

/** 1 to 12; 0 where it is the name of no month. */
function monthOf(name = ''): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** Seconds of the day in UTC; 0 for none, null for what is no time. */
function clockSeconds(text: string): number | null {
  if (text === '') return 0;
  const zoned = /^(?:Z|[-+]\d{2}:?\d{2})$/i.test(text) ? `00:00${text}` : text;
  const found = CLOCK.exec(zoned);
  if (!found) return null;
  const [, hours = '0', minute = '0', second = '0', half, zone = 'Z'] = found;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours);
  if (hour > 24 || Number(minute) > 59 || Number(second) > 60 || (half && Number(hours) > 12)) return null;
  return hour * 3600 + Number(minute) * 60 + Number(second) - zoneSeconds(zone);
}

function zoneSeconds(zone: string): number {
  const found = /^([-+])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!found) return 0;
  const seconds = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60;
  return found[1] === '-' ? -seconds : seconds;
}
