import { rm } from 'node:fs/promises';

/** Ends of the names of the files that belong to the database at one moment: its journals and the lock of the WebAssembly driver. */
const TRANSIENT = ['-wal', '-shm', '-journal', '.lock'];

/** A database file and everything that may lie beside it. */
export function filesOfSqlite(file: string): string[] {
  return ['', ...TRANSIENT, '.users'].map((suffix) => file + suffix);
}

/** Removes a database file and everything beside it. */
export async function removeSqliteFile(file: string): Promise<void> {
  await removeAll(filesOfSqlite(file));
}

/** Removes what lies beside a database file and speaks of its content, not the file. */
export async function removeSqliteJournals(file: string): Promise<void> {
  await removeAll(TRANSIENT.map((suffix) => file + suffix));
}

async function removeAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path, { recursive: true, force: true });
}
