import { parseTime, type TimeUnit } from '../values/times.ts';

type TimeKind = 'ms' | 'finer' | 'dates' | 'number' | 'other';

/** Collects what unreadable times look like. */
export class TimeTally {
  numRead = 0;
  readonly #unread = new Map<TimeKind, { count: number; example: string }>();

  addUnread(text: string): void {
    const kind = kindOf(text);
    const known = this.#unread.get(kind);
    if (known) known.count++;
    else this.#unread.set(kind, { count: 1, example: text });
  }

  /** The likely cause of times that could not be read, and what mends it; null where there were none. */
  cause(unit: TimeUnit | null): string | null {
    const [most] = [...this.#unread].sort(([, left], [, right]) => right.count - left.count);
    if (!most) return null;
    const [kind, { count, example }] = most;
    return CAUSES[kind]({ count, example, numRead: this.numRead, unit });
  }
}

function kindOf(text: string): TimeKind {
  if (/^\d{12,14}(?:[.,]\d+)?$/.test(text)) return 'ms';
  if (/^\d{15,19}$/.test(text)) return 'finer';
  if (/^\d+(?:[.,]\d+)?$/.test(text)) return 'number';
  return /\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}/.test(text) ? 'dates' : 'other';
}

interface Unread {
  count: number;
  example: string;
  /** Times of the column that were read. */
  numRead: number;
  unit: TimeUnit | null;
}

const CAUSES: Readonly<Record<TimeKind, (unread: Unread) => string>> = {
  ms: ({ count, example, numRead }) =>
    numRead > 0
      ? `${count} times are in milliseconds, such as ${example}, and ${numRead} are not; --time-unit ms reads both`
      : `times are in milliseconds, such as ${example}; read them with --time-unit ms`,
  finer: ({ example }) =>
    `times are in microseconds or finer, such as ${example}; cut them to seconds, or to milliseconds and --time-unit ms`,
  dates: ({ example, unit }) =>
    unit !== 'iso' && unit !== null && parseTime(example, 'iso') !== null
      ? `times are dates, such as ${example}; leave out --time-unit ${unit}`
      : `dates are read as YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, with a zone or in UTC; ${example} is neither`,
  number: ({ example, unit }) =>
    unit === 'iso'
      ? `times are numbers, such as ${example}, and no dates; leave out --time-unit iso`
      : `${example} is no Unix time of the years 1970 to 2038`,
  other: ({ example }) => `${example} is no time: is another column the time?`,
};
