import { dateSeconds, hasDayFirst, orderOf } from '../values/dates.ts';
import { parseTime, type TimeUnit } from '../values/times.ts';

type TimeKind = 'shortened' | 'ms' | 'us' | 'ns' | 'finer' | 'ambiguous' | 'dates' | 'number' | 'other';

/** Numbers below, seconds of 1970, may be years, the days since 1900 that spreadsheets count, or dates as 20201013. */
export const EARLY_TIME = 21_000_000;
const YEARS = [1980, 2037] as const;
/** From 1980 to 2050. */
const SPREADSHEET_DAYS = [29_221, 55_153] as const;
const DATES = [19_700_101, 20_371_231] as const;
const WHOLE_SHARE = 0.98;
const LEAST_SHARE = 0.02;
const LEAST_DOUBTED = 5;

/** Collects what unreadable times look like. */
export class TimeTally {
  numRead = 0;
  #numEarly = 0;
  #numZeros = 0;
  #numYears = 0;
  #numDays = 0;
  #numDates = 0;
  #example = 0;
  /** Dates that can only have the day first, or only the month. */
  readonly #orders = { dmy: '', mdy: '' };
  readonly #unread = new Map<TimeKind, { count: number; example: string }>();

  addUnread(text: string): void {
    const kind = kindOf(text);
    const order = orderOf(text);
    if (order) this.#orders[order] = text;
    const known = this.#unread.get(kind);
    if (known) known.count++;
    else this.#unread.set(kind, { count: 1, example: text });
  }

  /** Remembers a number below `EARLY_TIME` that was read as seconds. */
  addEarly(seconds: number): void {
    const isIn = ([first, last]: readonly [number, number]) => seconds >= first && seconds <= last;
    this.#numEarly++;
    if (seconds === 0) this.#numZeros++;
    if (isIn(YEARS)) this.#numYears++;
    else if (isIn(SPREADSHEET_DAYS)) this.#numDays++;
    else if (isIn(DATES) && dateSeconds(String(seconds)) !== null) this.#numDates++;
    else return;
    this.#example = seconds;
  }

  /** Why numbers that could be read as seconds can hardly be any, and what mends it; null where nothing is wrong. */
  doubt(): string | null {
    // Beside times of this century a few are enough, among other small numbers they are numbers.
    const isDoubted = (count: number) =>
      count >= LEAST_DOUBTED && count > LEAST_SHARE * this.numRead && count >= WHOLE_SHARE * this.#numEarly;
    if (isDoubted(this.#numYears))
      return `times such as ${this.#example} are years: leave the column out, or give whole dates`;
    if (isDoubted(this.#numDates))
      return `times such as ${this.#example} are dates; read them with --time-unit iso`;
    if (!isDoubted(this.#numDays)) return null;
    return `times such as ${this.#example} are days, as spreadsheets count them; read them with --time-unit days`;
  }

  /** Says why numbers that were read as seconds may be none; null where nothing speaks for it. */
  note(): string | null {
    if (this.#numEarly < LEAST_DOUBTED || 2 * this.#numEarly < this.numRead) return null;
    return 2 * this.#numZeros >= this.numRead
      ? `${this.#numZeros} times are 0, the first second of 1970; if that stands for none, leave these cells empty`
      : `${this.#numEarly} times are seconds of the first months of 1970: if they are minutes, hours or days, or mere numbers, give seconds or dates in their place`;
  }

  /** The likely cause of times that could not be read, and what mends it; null where there were none. */
  cause(unit: TimeUnit | null): string | null {
    const [most] = [...this.#unread].sort(([, left], [, right]) => right.count - left.count);
    if (!most) return null;
    const [kind, { count, example }] = most;
    return CAUSES[kind]({ count, example, numRead: this.numRead, unit, orders: this.#orders });
  }
}

function kindOf(text: string): TimeKind {
  if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(text)) return 'shortened';
  if (dateSeconds(text) !== null) return 'dates';
  if (hasDayFirst(text)) return 'ambiguous';
  if (/^\d{12,14}(?:[.,]\d+)?$/.test(text)) return 'ms';
  if (/^\d{15,16}$/.test(text)) return 'us';
  if (/^\d{19}$/.test(text)) return 'ns';
  if (/^\d{17,18}$/.test(text)) return 'finer';
  if (/^-?\d+(?:[.,]\d+)?$/.test(text)) return 'number';
  return /\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}/.test(text) ? 'dates' : 'other';
}

interface Unread {
  count: number;
  example: string;
  /** Times of the column that were read. */
  numRead: number;
  unit: TimeUnit | null;
  /** Examples of dates that have the day first, and the month; empty where there are none. */
  orders: { dmy: string; mdy: string };
}

const SHORTENED =
  'shortened by a spreadsheet: give the column the format 0, or YYYY-MM-DD HH:MM:SS, and save it again';

const CAUSES: Readonly<Record<TimeKind, (unread: Unread) => string>> = {
  shortened: ({ example }) => `times such as ${example} were ${SHORTENED}`,
  ms: ({ count, example, numRead }) =>
    numRead > 0
      ? `${count} times are in milliseconds, such as ${example}, and ${numRead} are not; --time-unit ms reads both`
      : `times are in milliseconds, such as ${example}; read them with --time-unit ms`,
  us: ({ example }) => `times are in microseconds, such as ${example}; read them with --time-unit us`,
  ns: ({ example }) => `times are in nanoseconds, such as ${example}; read them with --time-unit ns`,
  finer: ({ example }) => `times such as ${example} are of no unit that is read: cut them to seconds`,
  ambiguous: ({ example, orders: { dmy, mdy } }) => {
    if (dmy !== '' && mdy !== '')
      return `dates have now the day first, such as ${dmy}, now the month, such as ${mdy}: bring them to one order`;
    if (dmy !== '') return `dates have the day first, such as ${dmy}; read them with --time-unit dmy`;
    if (mdy !== '') return `dates have the month first, such as ${mdy}; read them with --time-unit mdy`;
    return `dates such as ${example} do not say what is the day: read them with --time-unit dmy where it comes first, with --time-unit mdy where the month does`;
  },
  dates: ({ example, unit }) => {
    if (parseTime(example, null) === null && dateSeconds(example) !== null)
      return `${example} is no time of the years 1970 to 2038`;
    return unit !== 'iso' && unit !== null && parseTime(example, 'iso') !== null
      ? `times are dates, such as ${example}; leave out --time-unit ${unit}`
      : `dates are read as YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, with a zone or in UTC; ${example} is neither`;
  },
  number: ({ example, unit }) =>
    unit !== null && unit !== 'iso' && parseTime(example, unit) === null && parseTime(example, null) !== null
      ? `times are numbers, such as ${example}; leave out --time-unit ${unit}`
      : unit === 'iso'
        ? /^\d{5}(?:[.,]|$)/.test(example)
          ? `times such as ${example} are days, as spreadsheets count them; read them with --time-unit days`
          : `times are numbers, such as ${example}, and no dates; leave out --time-unit iso`
        : `${example} is no Unix time of the years 1970 to 2038`,
  other: ({ example }) => `${example} is no time: is another column the time?`,
};
