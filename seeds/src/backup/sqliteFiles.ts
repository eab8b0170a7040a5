import { rm } from 'node:fs/promises';

/** Ends of the names of the files that belong to the database at one moment: its journals and the lock of the WebAssembly driver. */
const TRANSIENT = ['-wal', '-shm', '-journal', '.lock'];

/** Removes a database file and everything beside it. */
export async function removeSqliteFile(file: string): Promise<void> {
  await removeAll(file, ['', ...TRANSIENT, '.users']);
}

/** Removes what lies beside a database file and speaks of its content, not the file. */
export async function removeSqliteJournals(file: string): Promise<void> {
  await removeAll(file, TRANSIENT);
}

async function removeAll(file: string, suffixes: readonly string[]): Promise<void> {
  for (const suffix of suffixes) await rm(file + suffix, { recursive: true, force: true });
}
