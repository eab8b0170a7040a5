import type { TableFormat } from './format.ts';

/** Lines split at a fixed separator that never stands in a field, without a header. */
export function separatedTable<T>(
  separator: string,
  numColumns: number,
  table: Pick<TableFormat<T>, 'file' | 'content'>,
  toRow: (fields: readonly string[]) => T,
): TableFormat<T> {
  return {
    ...table,
    hasHeader: false,
    open: () => ({
      separator,
      hasQuotedLines: false,
      split: (line) => line.split(separator),
      toRow: (fields) => (fields.length === numColumns ? toRow(fields) : null),
      columns: {},
      unused: [],
      numColumns,
      plainSeparator: null,
    }),
  };
}
