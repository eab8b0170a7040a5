import { columnName } from '../formats/columns.ts';
import { parseTable } from '../reading/parseTable.ts';

/** A file with named columns. */
export interface Table {
  /** The names as the file has them. */
  columns: readonly string[];
  rows: readonly TableRow[];
  /** Lines whose quotes do not match. */
  numUnreadable: number;
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
  return {
    columns: header,
    numUnreadable,
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

/** True where a table has a column of one of these names. */
export function hasColumn({ columns }: Table, ...names: readonly string[]): boolean {
  return columns.some((column) => names.includes(columnName(column)));
}
