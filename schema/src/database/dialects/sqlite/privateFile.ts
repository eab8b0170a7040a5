import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { AppError } from '@pocketrocket/runtime';

const PRIVATE = 0o600;
const RIGHTS_OF_OTHERS = 0o007;

/**
 * Makes a database file that its owner alone reads, as it holds addresses and hashes of passwords; SQLite gives its journals the same
 * rights. One that everybody may read loses that, journals included; rights that a group was given stay.
 * @throws AppError ENVIRONMENT for a folder, which is left as it is
 */
export function makePrivate(file: string): void {
  if (!existsSync(file)) {
    closeSync(openSync(file, 'a', PRIVATE));
    return;
  }
  if (statSync(file).isDirectory())
    throw new AppError('ENVIRONMENT', `${file} is a folder: name a database file in it (DATABASE_URL)`);
  for (const one of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    const found = statSync(one, { throwIfNoEntry: false });
    // Only the owner may change it.
    if (found?.isFile() && found.uid === process.getuid?.() && (found.mode & RIGHTS_OF_OTHERS) !== 0)
      chmodSync(one, PRIVATE);
  }
}
