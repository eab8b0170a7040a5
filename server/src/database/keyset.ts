/** An order of rows that no two rows share a place in: a sort column, and the id as tie-break, ascending. */
export interface Keyset<Row> {
  /** Name or alias that both columns are qualified with. */
  table: string;
  column: keyof Row & string;
  idColumn: keyof Row & string;
  direction: 'ASC' | 'DESC';
  /** True if the sort column may be NULL; such rows come last, which only DESC gives on every database. */
  nullable?: boolean;
  /** True if the sort column holds texts; else it holds numbers. */
  isText?: boolean;
}

/** The parts of an order that a cursor must know. */
export type KeyKind = Pick<Keyset<never>, 'nullable' | 'isText'>;

/** The place of one row in a keyset's order. */
export interface Position {
  key: number | string | null;
  id: number;
}

/** Part of a statement with its parameters. */
export interface SqlPart {
  sql: string;
  values: (number | string)[];
}

/** One stretch of an ordered list. */
export interface Slice<T> {
  entries: { node: T; position: Position }[];
  /** True if the list goes on after the last entry. */
  hasMore: boolean;
}

/** The requested slice of an ordered list. */
export interface SliceRequest<Order extends string> {
  order: Order;
  limit: number;
  /** The row after which it begins; null for the start. */
  after: Position | null;
  /** Rows to pass over from there; 0 for lists that cannot. */
  skip: number;
}

/** The ORDER BY terms. */
export function orderTerms<Row>({ table, column, idColumn, direction }: Keyset<Row>): string {
  return `${table}.${column} ${direction}, ${table}.${idColumn} ASC`;
}

/** The condition that a row comes after a position; holds for all rows when there is none. */
export function afterPosition<Row>(keyset: Keyset<Row>, position: Position | null): SqlPart {
  if (position === null) return { sql: '1 = 1', values: [] };
  const { key, id } = position;
  const column = `${keyset.table}.${keyset.column}`;
  const idColumn = `${keyset.table}.${keyset.idColumn}`;
  if (key === null) return { sql: `(${column} IS NULL AND ${idColumn} > ?)`, values: [id] };
  const beyond = keyset.direction === 'ASC' ? '>' : '<';
  const sql = keyset.nullable
    ? `(${column} ${beyond} ? OR ${column} IS NULL OR (${column} = ? AND ${idColumn} > ?))`
    : // The first comparison alone lets an index begin where the page begins.
      `(${column} ${beyond}= ? AND (${column} ${beyond} ? OR ${idColumn} > ?))`;
  return { sql, values: [key, key, id] };
}

/** The slice that a statement with `orderTerms` and `afterPosition` would read, of rows in memory. */
export function sliceInMemory<Row extends object, T>(
  rows: readonly Row[],
  keyset: Keyset<Row>,
  { limit, after }: Pick<SliceRequest<string>, 'limit' | 'after'>,
  toNode: (row: Row) => T,
): Slice<T> {
  const sorted = rows.toSorted((a, b) => compare(positionOf(a, keyset), positionOf(b, keyset), keyset));
  const rest = after ? sorted.filter((row) => compare(positionOf(row, keyset), after, keyset) > 0) : sorted;
  return toSlice(rest.slice(0, limit + 1), keyset, limit, toNode);
}

/** The slice of rows of which one more than the limit was read. */
export function toSlice<Row extends object, T>(
  rows: readonly Row[],
  keyset: Keyset<Row>,
  limit: number,
  toNode: (row: Row) => T,
): Slice<T> {
  return {
    entries: rows.slice(0, limit).map((row) => ({ node: toNode(row), position: positionOf(row, keyset) })),
    hasMore: rows.length > limit,
  };
}

function positionOf<Row extends object>(row: Row, { column, idColumn }: Keyset<Row>): Position {
  return { key: row[column] as Position['key'], id: row[idColumn] as number };
}

/** Rows without a key come last; of equal keys the lower id comes first. */
function compare<Row>(a: Position, b: Position, { direction }: Keyset<Row>): number {
  if (a.key === b.key) return a.id - b.id;
  if (a.key === null) return 1;
  if (b.key === null) return -1;
  return a.key < b.key === (direction === 'ASC') ? -1 : 1;
}
