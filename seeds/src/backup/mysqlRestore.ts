import { inspectDatabase, TABLE_NAMES } from '@pocketrocket/schema/database';
import type { RestorePlace } from './restorePlace.ts';

/** The database itself: its tables are dropped, then filled in place, the data set's row last. */
export async function prepareMysql(url: string): Promise<RestorePlace> {
  await dropTables(url);
  return { url, async allowAnyOrder() {}, async replace() {}, async abandon() {} };
}

async function dropTables(url: string): Promise<void> {
  const inspection = await inspectDatabase({ url });
  if (inspection === null) return;
  try {
    await inspection.query('SET FOREIGN_KEY_CHECKS = 0');
    // The data set first: from here on the database counts as empty.
    const names = [...TABLE_NAMES].sort((a, b) => Number(b === 'dataset') - Number(a === 'dataset'));
    for (const name of [...names, 'migrations']) await inspection.query(`DROP TABLE IF EXISTS \`${name}\``);
  } finally {
    await inspection.close();
  }
}
