import type { TableFormat, TableReader } from '../formats/format.ts';
import { quoteState } from '../formats/splitFields.ts';
import { shorten } from '../checks/problems.ts';
import { FormatError } from '../checks/formatError.ts';
import type { SourceRow, TableNotes } from '../rows/rows.ts';

/** Excel's first line, which names the separator. */
const SEPARATOR_LINE = /^"?sep=(.|\t)"?$/i;
/** A quote that is not closed within so many lines is a slip, and not a long title. */
const MAX_QUOTED_LINES = 50;

/** Notes to be filled in. */
export function tableNotes(): TableNotes {
  return { columns: {}, unused: [], notUtf8: null, misfit: null };
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
  }

  #readLine(content: string, line: number, rows: SourceRow<T>[]): void {
    if (this.#open.length > 0) return this.#goOn(content, line, rows);
    if (content === '' || content.trim() === '') return;
    if (!this.table) {
      const named = SEPARATOR_LINE.exec(content);
      if (named && this.#format.hasHeader) {
        this.#separator = named[1] ?? null;
        return;
      }
      this.table = this.#openTable(content, line);
      if (this.#format.hasHeader) return;
    }
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
    if (fields && !row)
      this.#notes.misfit ??= {
        line,
        numFields: fields.length,
        numColumns: table.numColumns,
        separator: table.separator,
      };
    rows.push({ line, row });
  }

  #openTable(firstLine: string, line: number): TableReader<T> {
    try {
      const table = this.#format.open(firstLine, this.#separator);
      this.#notes.columns = { ...table.columns };
      this.#notes.unused = [...table.unused];
      return table;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new FormatError(`${this.#file}: ${reason}`, this.#file, line, { cause });
    }
  }
}
