import { findColumns, missingColumns, type Found, type Wanted } from './columns.ts';
import { appearanceOfLine } from './appearanceOfLine.ts';
import type { TableFormat, TableReader } from './format.ts';
import { formOfQuotes, PLAIN_LINES, WRAPPED_LINES, type LineForm } from './lineForms.ts';
import { SEPARATORS, splitFields } from './splitFields.ts';

const NAMES: Readonly<Record<string, string>> = {
  '\t': 'tabs',
  ',': '","',
  ';': '";"',
  '|': '"|"',
  '::': '"::"',
};
const LONGEST_SHOWN = 120;
const LONGEST_HEADER = 100_000;
const MAX_SEPARATORS = 20;
/** Of more columns than these, named by numbers, each is a movie. */
const MANY_NUMBERS = 5;

/** The first line lacks columns. */
export class MissingColumns extends Error {
  /** The columns that it has. */
  readonly numFound: number;

  constructor(message: string, numFound: number) {
    super(message);
    this.numFound = numFound;
  }
}

/** A table whose first line names its columns, in any order, in any usual spelling; further columns are not read. */
export interface HeadedTable<T, Name extends string> extends Pick<
  TableFormat<T>,
  'file' | 'otherNames' | 'words' | 'content'
> {
  columns: Wanted<Name>;
  /** Makes of the places of the columns what turns fields into a row. */
  toReader(found: Found<Name>): (fields: readonly string[]) => T;
  /** Ratings only: the columns of a file whose lines the fast reader takes, in their order. */
  plainColumns?: readonly Name[];
}

export function headedTable<T, Name extends string>(table: HeadedTable<T, Name>): TableFormat<T> {
  const { file, otherNames, words, content } = table;
  return {
    file,
    ...(otherNames && { otherNames }),
    ...(words && { words }),
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
  if (firstLine.length > LONGEST_HEADER)
    throw new Error(
      `the first line has ${firstLine.length.toLocaleString('en')} characters: lines must end in line breaks`,
    );
  const split = splitOf(firstLine, given, table.columns);
  const { separator, header, found, form } = split;
  const missing = missingColumns(found, table.columns);
  if (missing.length > 0) {
    const numFound = Object.values<number>(found).filter((index) => index >= 0).length;
    throw new MissingColumns(complaint(firstLine, { separator, header, missing }, table), numFound);
  }
  const toRow = table.toReader(found);
  const places = Object.values<number>(found);
  const isOfPlainLines = form === PLAIN_LINES;
  // Excel saves empty columns behind the last one.
  const numColumns = header.findLastIndex((name) => name !== '') + 1;
  return {
    separator,
    hasQuotedLines: isOfPlainLines && !isPlain(table, found, header),
    split: isOfPlainLines
      ? (line) => splitFields(line, separator)
      : (line) => splitFields(form.toLine(line), separator)?.map(form.toField) ?? null,
    toRow: (fields) => (fields.length === numColumns || isPadded(fields, numColumns) ? toRow(fields) : null),
    columns: Object.fromEntries(
      (Object.keys(found) as Name[]).flatMap((key) =>
        found[key] < 0 ? [] : [[key, header[found[key]] ?? '']],
      ),
    ),
    unused: header.filter((name, index) => name !== '' && !places.includes(index)),
    numColumns,
    plainSeparator:
      isOfPlainLines && isPlain(table, found, header) && separator.length === 1
        ? separator.charCodeAt(0)
        : null,
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
  form: LineForm;
}

/** The split that finds all required columns, by a usual separator before others, else the best one. */
function splitOf<Name extends string>(line: string, given: string | null, wanted: Wanted<Name>): Split<Name> {
  const isWhole = ({ found }: Split<Name>) => missingColumns(found, wanted).length === 0;
  const named = given === null ? null : splitAt(line, given, wanted);
  if (named && isWhole(named)) return withQuotes(named, line, wanted);
  const usual = bestSplit(line, SEPARATORS, wanted);
  if (isWhole(usual)) return withQuotes(usual, line, wanted);
  const others = [
    bestSplit(line, otherSeparators(line), wanted),
    bestSplit(line, SEPARATORS, wanted, WRAPPED_LINES),
  ];
  return others.find(isWhole) ?? named ?? usual;
}

function splitAt<Name extends string>(
  line: string,
  separator: string,
  wanted: Wanted<Name>,
  form: LineForm = PLAIN_LINES,
): Split<Name> {
  const header = splitFields(form.toLine(line), separator)?.map(form.toField) ?? [];
  return { separator, header, found: findColumns(header, wanted), form };
}

function withQuotes<Name extends string>(
  split: Split<Name>,
  line: string,
  wanted: Wanted<Name>,
): Split<Name> {
  const form = formOfQuotes(split.header);
  return form ? splitAt(line, split.separator, wanted, form) : split;
}

/** The separator that yields most of the wanted columns, and of those most columns at all. */
function bestSplit<Name extends string>(
  line: string,
  separators: readonly string[],
  wanted: Wanted<Name>,
  form: LineForm = PLAIN_LINES,
): Split<Name> {
  const splits = separators.map((separator) => splitAt(line, separator, wanted, form));
  const merit = ({ found, header }: Split<Name>) =>
    Object.values<number>(found).filter((index) => index >= 0).length * 1000 + Math.min(header.length, 999);
  return splits.reduce((best, split) => (merit(split) > merit(best) ? split : best));
}

/** Separators that a first line may have: the texts between its names, signs before blanks. */
function otherSeparators(line: string): string[] {
  const between = new Set(line.slice(0, LONGEST_HEADER).match(/[^\p{L}\p{N}_'"()[\]{}%.-]+/gu) ?? [' ']);
  const all = [...new Set([...between].map((text) => text.trim() || text))].slice(0, MAX_SEPARATORS);
  return [...all.filter((text) => text.trim() !== ''), ...all.filter((text) => text.trim() === '')];
}

function complaint<T, Name extends string>(
  firstLine: string,
  { separator, header, missing }: { separator: string; header: string[]; missing: Name[] },
  { columns, content }: HeadedTable<T, Name>,
): string {
  const labels = missing.map((name) => columns[name].label);
  const shown = firstLine.length > LONGEST_SHOWN ? `${firstLine.slice(0, LONGEST_SHOWN - 1)}…` : firstLine;
  const appearance = appearanceOfLine(firstLine);
  if (appearance !== null) return `it is ${appearance}. It begins with: ${shown}`;
  const looks =
    header.length > 1
      ? `it looks separated by ${NAMES[separator] ?? `"${separator}"`}`
      : 'it looks like one column';
  const names = header.filter((name) => name !== '');
  if (missing.length < Object.keys(columns).length && names.filter(isNumber).length > MANY_NUMBERS)
    return `the first line lacks ${labels.join(', ')}, and names numbers: a row for each user and a column for each movie? Write a row for each rating, as in ${content}. It is: ${shown}`;
  const remedy = names.some(isNumber)
    ? `it holds values, not names: put a line ${content} before it`
    : `found ${names.join(', ') || 'no names'}; rename the right column, as in ${content}`;
  return `the first line must name the columns, and lacks ${labels.join(', ')}. It is: ${shown}\n  ${looks}; ${remedy}`;
}

function isNumber(name: string): boolean {
  return /^-?\d+([.,]\d+)?$/.test(name);
}
