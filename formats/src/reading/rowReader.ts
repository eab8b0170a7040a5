import type { TableFormat, TableReader } from '../formats/format.ts';
import { MissingColumns } from '../formats/headedTable.ts';
import { quoteState } from '../formats/splitFields.ts';
import { shorten } from '../checks/problems.ts';
import { FormatError } from '../checks/formatError.ts';
import type { SourceRow, TableNotes } from '../rows/rows.ts';

/** Excel's first line, which names the separator. */
const SEPARATOR_LINE = /^"?sep=(.|\t)"?$/i;
/** A quote that is not closed within so many lines is a slip, and not a long title. */
const MAX_QUOTED_LINES = 50;
/** Lines that may stand before the one that names the columns: titles and remarks. */
const MAX_PREAMBLE = 10;
/** Lines as SQL shells and Markdown draw above and below the names of columns. */
const RULE = /^[-+|:\s,;─│┌┬┐├┼┤└┴┘═╞╪╡]*(?:--|─|═)[-+|:\s,;─│┌┬┐├┼┤└┴┘═╞╪╡]*$/;
/** The end of a file, as CP/M and some programs since write it. */
const END_OF_FILE = '\x1a';

/** Notes to be filled in. */
export function tableNotes(): TableNotes {
  return { columns: {}, unused: [], preamble: null, notUtf8: null, misfit: null };
}

/** Remembers a line that is not UTF-8. */
export function noteNotUtf8(notes: TableNotes, line: string): void {
  notes.notUtf8 ??= { count: 0, example: shorten(line.trim()) };
  notes.notUtf8.count++;
}

/** Turns lines into rows, the first one into the columns. */
export class RowReader<T> {
  /** Number of the line that was read last. */
  line = 0;
  /** Known once the first line was read. */
  table: TableReader<T> | null = null;
  readonly #format: TableFormat<T>;
  readonly #file: string;
  readonly #notes: TableNotes;
  #separator: string | null = null;
  /** Lines of a quoted field that goes on. */
  #open: string[] = [];
  /** Lines before the names of columns, and why the best of them does not name these. */
  #preamble: { lines: string[]; error: FormatError | null; numFound: number } = {
    lines: [],
    error: null,
    numFound: 0,
  };
  #firstLine = '';

  constructor(format: TableFormat<T>, file: string, notes: TableNotes) {
    this.#format = format;
    this.#file = file;
    this.#notes = notes;
  }

  /** Appends the rows that a line ends: none for an empty one and the header, one for most. @throws FormatError */
  read(text: string, rows: SourceRow<T>[]): void {
    // A carriage return within is a line's end of another program that wrote to the same file.
    if (!text.includes('\r')) return this.#readLine(text, ++this.line, rows);
    this.line++;
    const content = text.replace(/\r+$/, '');
    const isOneLine = !content.includes('\r') || content.includes('"');
    for (const part of isOneLine ? [content] : content.split('\r')) this.#readLine(part, this.line, rows);
  }

  /** Appends what the end of the file ends. */
  end(rows: SourceRow<T>[]): void {
    while (this.#open.length > 0) this.#giveUpQuote(this.line, rows);
    if (!this.table && this.#preamble.error) throw this.#preamble.error;
  }

  #readLine(content: string, line: number, rows: SourceRow<T>[]): void {
    if (this.#open.length > 0) return this.#goOn(content, line, rows);
    if (content === '' || content.trim() === '' || content === END_OF_FILE) return;
    if (isRule(content)) return;
    if (!this.table) {
      const named = SEPARATOR_LINE.exec(content);
      if (named && this.#format.hasHeader) {
        this.#separator = named[1] ?? null;
        return;
      }
      this.table = this.#openTable(content, line);
      if (!this.table || this.#format.hasHeader || this.table.isFirstLineNames) return;
    }
    // Files that were put together have it in their midst.
    if (content === this.#firstLine) return;
    const { hasQuotedLines, separator } = this.table;
    if (hasQuotedLines && content.includes('"') && quoteState(content, separator) === 'open') {
      this.#open = [content];
      return;
    }
    this.#push(this.table, content, line, rows);
  }

  #goOn(content: string, line: number, rows: SourceRow<T>[]): void {
    this.#open.push(content);
    const record = this.#open.join('\n');
    const { table } = this;
    if (!table) return;
    const state = quoteState(record, table.separator);
    if (state === 'whole') {
      const start = line - this.#open.length + 1;
      this.#open = [];
      this.#push(table, record, start, rows);
    } else if (state === 'broken' || this.#open.length >= MAX_QUOTED_LINES) this.#giveUpQuote(line, rows);
  }

  /** The first of the open lines is a bad row, and the others are lines of their own. */
  #giveUpQuote(lastLine: number, rows: SourceRow<T>[]): void {
    const [first = '', ...others] = this.#open;
    const start = lastLine - others.length;
    this.#open = [];
    if (this.table) this.#push(this.table, first, start, rows);
    for (const [index, other] of others.entries()) this.#readLine(other, start + 1 + index, rows);
  }

  #push(table: TableReader<T>, content: string, line: number, rows: SourceRow<T>[]): void {
    const fields = table.split(content);
    if (fields && fields.length > 1 && fields.every((field) => field === '')) return;
    const row = fields && table.toRow(fields);
    if (!row)
      this.#notes.misfit ??= {
        line,
        numFields: fields?.length ?? null,
        numColumns: table.numColumns,
        separator: table.separator,
      };
    rows.push({ line, row });
  }

  /** Null where the line does not name the columns, and a later one may. @throws FormatError */
  #openTable(firstLine: string, line: number): TableReader<T> | null {
    try {
      const table = this.#format.open(firstLine, this.#separator);
      this.#notes.columns = { ...table.columns };
      this.#notes.unused = [...table.unused];
      const { lines } = this.#preamble;
      this.#notes.preamble =
        lines.length > 0 ? { count: lines.length, example: shorten(lines[0] ?? '') } : null;
      if (this.#format.hasHeader) this.#firstLine = firstLine;
      return table;
    } catch (cause) {
      this.#rememberPreamble(firstLine, line, cause);
      return null;
    }
  }

  #rememberPreamble(content: string, line: number, cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const numFound = cause instanceof MissingColumns ? cause.numFound : 0;
    const before = this.#preamble;
    before.lines.push(content);
    if (!before.error || numFound > before.numFound) {
      before.error = new FormatError(`${this.#file}: ${reason}`, this.#file, line, { cause });
      before.numFound = numFound;
    }
    if (before.lines.length > MAX_PREAMBLE) throw before.error;
  }
}

function isRule(content: string): boolean {
  // Nearly all rows begin with a digit, a letter or a quote.
  return !/^[\da-z"]/i.test(content) && RULE.test(content);
}
