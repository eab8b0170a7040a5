import type { EntityManager } from 'typeorm';

/** `?, ?, …`, one for each value. */
export function placeholders(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** Inserts some hundred rows by one statement; none for no rows. */
export async function insertRows(
  manager: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const row = `(${placeholders(columns)})`;
  await manager.query(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => row).join(', ')}`,
    rows.flat(),
  );
}
