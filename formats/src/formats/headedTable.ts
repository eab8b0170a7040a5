import { findColumns, missingColumns, type Found, type Wanted } from './columns.ts';
import type { TableFormat, TableReader } from './format.ts';
import { SEPARATORS, splitFields } from './splitFields.ts';

const NAMES: Readonly<Record<string, string>> = {
  '\t': 'tabs',
  ',': '","',
  ';': '";"',
  '|': '"|"',
  '::': '"::"',
};
const LONGEST_SHOWN = 120;

/** A table whose first line names its columns, in any order, in any usual spelling; further columns are not read. */
export interface HeadedTable<T, Name extends string> extends Pick<
  TableFormat<T>,
  'file' | 'otherNames' | 'content'
> {
  columns: Wanted<Name>;
  /** Makes of the places of the columns what turns fields into a row. */
  toReader(found: Found<Name>): (fields: readonly string[]) => T;
  /** Ratings only: the columns of a file whose lines the fast reader takes, in their order. */
  plainColumns?: readonly Name[];
}

export function headedTable<T, Name extends string>(table: HeadedTable<T, Name>): TableFormat<T> {
  const { file, otherNames, content } = table;
  return {
    file,
    ...(otherNames && { otherNames }),
    content,
    hasHeader: true,
    open: (firstLine, separator) => openTable(table, firstLine, separator),
  };
}

function openTable<T, Name extends string>(
  table: HeadedTable<T, Name>,
  firstLine: string,
  given: string | null,
): TableReader<T> {
  const { separator, header, found } =
    given === null ? bestSplit(firstLine, table.columns) : splitAt(firstLine, given, table.columns);
  const missing = missingColumns(found, table.columns);
  if (missing.length > 0) throw new Error(complaint(firstLine, { separator, header, missing }, table));
  const toRow = table.toReader(found);
  const places = Object.values<number>(found);
  // Excel saves empty columns behind the last one.
  const numColumns = header.findLastIndex((name) => name !== '') + 1;
  return {
    separator,
    hasQuotedLines: !isPlain(table, found, header),
    split: (line) => splitFields(line, separator),
    toRow: (fields) => (fields.length === numColumns || isPadded(fields, numColumns) ? toRow(fields) : null),
    columns: Object.fromEntries(
      (Object.keys(found) as Name[]).flatMap((key) =>
        found[key] < 0 ? [] : [[key, header[found[key]] ?? '']],
      ),
    ),
    unused: header.filter((name, index) => name !== '' && !places.includes(index)),
    numColumns,
    plainSeparator: isPlain(table, found, header) && separator.length === 1 ? separator.charCodeAt(0) : null,
  };
}

function isPadded(fields: readonly string[], numColumns: number): boolean {
  return fields.length > numColumns && fields.slice(numColumns).every((field) => field === '');
}

function isPlain<T, Name extends string>(
  { plainColumns }: HeadedTable<T, Name>,
  found: Found<Name>,
  header: readonly string[],
): boolean {
  return plainColumns?.length === header.length && plainColumns.every((name, index) => found[name] === index);
}

interface Split<Name extends string> {
  separator: string;
  header: string[];
  found: Found<Name>;
}

function splitAt<Name extends string>(line: string, separator: string, wanted: Wanted<Name>): Split<Name> {
  const header = splitFields(line, separator) ?? [];
  return { separator, header, found: findColumns(header, wanted) };
}

/** The separator that yields most of the wanted columns, and of those most columns at all. */
function bestSplit<Name extends string>(line: string, wanted: Wanted<Name>): Split<Name> {
  const splits = SEPARATORS.map((separator) => splitAt(line, separator, wanted));
  const merit = ({ found, header }: Split<Name>) =>
    Object.values<number>(found).filter((index) => index >= 0).length * 1000 + Math.min(header.length, 999);
  return splits.reduce((best, split) => (merit(split) > merit(best) ? split : best));
}

function complaint<T, Name extends string>(
  firstLine: string,
  { separator, header, missing }: { separator: string; header: string[]; missing: Name[] },
  { columns, content }: HeadedTable<T, Name>,
): string {
  const labels = missing.map((name) => columns[name].label);
  const shown = firstLine.length > LONGEST_SHOWN ? `${firstLine.slice(0, LONGEST_SHOWN - 1)}…` : firstLine;
  const looks =
    header.length > 1
      ? `it looks separated by ${NAMES[separator] ?? `"${separator}"`}`
      : 'it looks like one column';
  const names = header.filter((name) => name !== '');
  const remedy = names.some((name) => /^-?\d+([.,]\d+)?$/.test(name))
    ? `it holds values, not names: put a line ${content} before it`
    : `found ${names.join(', ') || 'no names'}; rename the right column, as in ${content}`;
  return `the first line must name the columns, and lacks ${labels.join(', ')}. It is: ${shown}\n  ${looks}; ${remedy}`;
}
