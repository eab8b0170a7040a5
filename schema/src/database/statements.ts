import type { EntityManager } from 'typeorm';

/** `?, ?, …`, one for each value. */
export function placeholders(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

type Rows = readonly (readonly (string | number | null)[])[];

/** Inserts some hundred rows by one statement; none for no rows. */
export async function insertRows(
  manager: EntityManager,
  table: string,
  columns: readonly string[],
  rows: Rows,
): Promise<void> {
  await writeRows(manager, 'INSERT', table, columns, rows);
}

/** The same, in the place of rows of the same keys. Give all columns: those that are left out get their defaults. */
export async function replaceRows(
  manager: EntityManager,
  table: string,
  columns: readonly string[],
  rows: Rows,
): Promise<void> {
  await writeRows(manager, 'REPLACE', table, columns, rows);
}

async function writeRows(
  manager: EntityManager,
  verb: 'INSERT' | 'REPLACE',
  table: string,
  columns: readonly string[],
  rows: Rows,
): Promise<void> {
  if (rows.length === 0) return;
  const row = `(${placeholders(columns)})`;
  await manager.query(
    `${verb} INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => row).join(', ')}`,
    rows.flat(),
  );
}
