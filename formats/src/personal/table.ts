import { columnName } from '../formats/columns.ts';
import { parseTable } from '../reading/parseTable.ts';
import { dateSeconds, hasDayFirst, hasOneOrder, orderOf } from '../values/dates.ts';

/** A file with named columns. */
export interface Table {
  /** The names as the file has them. */
  columns: readonly string[];
  rows: readonly TableRow[];
  /** Lines whose quotes do not match. */
  numUnreadable: number;
  /** Dates whose day and month cannot be told apart by any of their column. */
  numAmbiguousDates: number;
}

export interface TableRow {
  /** The first of these columns that the file has and that is not empty in this row; names as `columnName` makes them. */
  get(...columns: readonly string[]): string;
}

/** Reads a table; null where a text is none: without two columns. @throws FormatError where it is not text */
export function readTable(path: string, bytes: Uint8Array): Table | null {
  const { header, rows, numUnreadable } = parseTable(path, bytes);
  if (header.length < 2) return null;
  const places = new Map<string, number>();
  for (const [place, name] of header.entries())
    if (!places.has(columnName(name))) places.set(columnName(name), place);
  const numAmbiguousDates = settleDates(header, rows);
  return {
    columns: header,
    numUnreadable,
    numAmbiguousDates,
    rows: rows.map((record) => ({
      get(...names) {
        for (const name of names) {
          const value = record[places.get(name) ?? -1];
          if (value) return value;
        }
        return '';
      },
    })),
  };
}

const OF_DATES = /date|watched|rated|listed|created|time/;

/**
 * Writes dates such as `1/2/2020`, as spreadsheets make them, in the order that another date of their column can only have, with the year first.
 * @returns the number of those that no other date settles
 */
function settleDates(header: readonly string[], rows: string[][]): number {
  let numAmbiguous = 0;
  for (const [place, name] of header.entries()) {
    if (!OF_DATES.test(columnName(name))) continue;
    const dated = rows.filter((row) => hasDayFirst(row[place] ?? ''));
    const orders = new Set(dated.map((row) => orderOf(row[place] ?? '')));
    orders.delete(null);
    const [order = null] = orders.size === 1 ? orders : [];
    for (const row of dated) {
      const text = row[place] ?? '';
      const seconds = dateSeconds(text, order);
      if (seconds !== null) row[place] = new Date(seconds * 1000).toISOString();
      else if (orderOf(text) === null && !hasOneOrder(text)) numAmbiguous++;
    }
  }
  return numAmbiguous;
}

/** True where a table has a column of one of these names. */
export function hasColumn({ columns }: Table, ...names: readonly string[]): boolean {
  return columns.some((column) => names.includes(columnName(column)));
}
