import { withoutExponent } from './numbers.ts';

const YEAR = '(?:18|19|20|21)\\d\\d';
/** Alone, as a float, or with IMDb's number of equal titles or the end of a series: `1995`, `1995.0`, `1995/II`, `1995–1999`. */
const ALONE = new RegExp(
  `^\\(?(?:ca?\\.? ?)?(${YEAR})(?:\\?|[.,]0+|/[IVXL]+|\\s*[-–—]\\s*(?:\\d{4})?)?\\)?$`,
);
/** At either end of a date: `1995-10-30`, `30-Oct-1995`, `10/30/1995`, `October 30, 1995`. */
const IN_DATE = [
  new RegExp(`^(${YEAR})(?:[-/]\\d{1,2}(?:$|[-/]\\d)|\\.\\d{1,2}\\.\\d)`),
  new RegExp(`\\d[^\\d]+(${YEAR})$`),
];

/** The year of release in a column of years or dates, the first of a range; null where there is none. */
export function parseYear(text: string): number | null {
  const trimmed = withoutExponent(text.trim()) ?? text.trim();
  for (const pattern of [ALONE, ...IN_DATE]) {
    const found = pattern.exec(trimmed);
    if (found) return Number(found[1]);
  }
  return null;
}
