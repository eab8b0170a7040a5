import { parse } from 'csv-parse/browser/esm/sync';

/** A file with named columns. */
export interface Table {
  /** The names as the file has them. */
  columns: readonly string[];
  rows: readonly TableRow[];
}

export interface TableRow {
  /** The first of these columns that the file has and that is not empty in this row; names as `columnKey` makes them. */
  get(...columns: readonly string[]): string;
}

/** A column's name as it is compared: `Your Rating`, `your_rating` and `YourRating` are one. */
export function columnKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Reads a table; null where a text is none: without two columns, or with quotes that do not match. */
export function readTable(text: string): Table | null {
  const [, hint, rest = text] = /^sep=(.)\r?\n([^]*)$/.exec(text) ?? [];
  const lines = parsed(rest, hint ?? separatorOf(rest));
  const [columns = [], ...records] = lines ?? [];
  if (columns.length < 2) return null;
  const places = new Map<string, number>();
  for (const [place, name] of columns.entries())
    if (!places.has(columnKey(name))) places.set(columnKey(name), place);
  return {
    columns,
    rows: records.map((record) => ({
      get(...names) {
        for (const name of names) {
          const value = record[places.get(name) ?? -1]?.trim();
          if (value) return value;
        }
        return '';
      },
    })),
  };
}

/** True where a table has a column of one of these names. */
export function hasColumn({ columns }: Table, ...names: readonly string[]): boolean {
  return columns.some((column) => names.includes(columnKey(column)));
}

function parsed(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      // Excel on old Macs ends lines with a carriage return alone.
      record_delimiter: ['\r\n', '\n', '\r'],
    });
  } catch {
    return null;
  }
}

function separatorOf(text: string): string {
  const [firstLine = ''] = text.split(/[\r\n]/, 1);
  const count = (separator: string) => firstLine.split(separator).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}
