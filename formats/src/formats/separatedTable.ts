import { columnName, MOVIE, USER } from './columns.ts';
import type { TableFormat } from './format.ts';

const NAMES = new Set([...USER, ...MOVIE]);

/** Lines split at a fixed separator that never stands in a field. Such files have no header; one that somebody put there is no row. */
export function separatedTable<T>(
  separator: string,
  numColumns: number,
  table: Pick<TableFormat<T>, 'file' | 'content'>,
  toRow: (fields: readonly string[]) => T,
): TableFormat<T> {
  return {
    ...table,
    hasHeader: false,
    open: (firstLine) => ({
      separator,
      hasQuotedLines: false,
      split: (line) => line.split(separator),
      toRow: (fields) => (fields.length === numColumns ? toRow(fields) : null),
      columns: {},
      unused: [],
      numColumns,
      plainSeparator: null,
      isFirstLineNames: NAMES.has(columnName(firstLine.split(separator)[0] ?? '')),
    }),
  };
}
