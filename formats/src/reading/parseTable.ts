import { bestSeparator, splitFields } from '../formats/splitFields.ts';
import type { TableFormat } from '../formats/format.ts';
import type { SourceRow } from '../rows/rows.ts';
import { decodeText } from './encoding.ts';
import { RowReader, tableNotes } from './rowReader.ts';

/** A table of any columns, read whole. */
export interface ParsedTable {
  /** Names of the columns as the file writes them. */
  header: string[];
  /** Fields by line, as many as it has; empty lines are left out. */
  rows: string[][];
  /** Lines that are not among them, as their quotes do not match. */
  numUnreadable: number;
}

/**
 * Reads a small table whole, in any encoding, with any line ends and separators, and with line breaks in quotes.
 * @throws FormatError where it is not text
 */
export function parseTable(file: string, bytes: Uint8Array): ParsedTable {
  let header: string[] = [];
  const format: TableFormat<string[]> = {
    file,
    content: '',
    hasHeader: true,
    open: (firstLine, given) => {
      const separator = given ?? bestSeparator(firstLine);
      header = splitFields(firstLine, separator) ?? [];
      return {
        separator,
        hasQuotedLines: true,
        split: (line) => splitFields(line, separator),
        toRow: (fields) => [...fields],
        columns: {},
        unused: [],
        numColumns: header.length,
        plainSeparator: null,
      };
    },
  };
  const reader = new RowReader(format, file, tableNotes());
  const rows: SourceRow<string[]>[] = [];
  for (const line of decodeText(file, bytes).split(/\r*\n|\r/)) reader.read(line, rows);
  reader.end(rows);
  const read = rows.flatMap(({ row }) => (row ? [row] : []));
  return { header, rows: read, numUnreadable: rows.length - read.length };
}
