import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';

const PRIVATE = 0o600;
const RIGHTS_OF_OTHERS = 0o007;

/**
 * Makes a database file that its owner alone reads, as it holds addresses and hashes of passwords; SQLite gives its journals the same
 * rights. One that everybody may read loses that, journals included; rights that a group was given stay.
 */
export function makePrivate(file: string): void {
  if (!existsSync(file)) {
    closeSync(openSync(file, 'a', PRIVATE));
    return;
  }
  for (const one of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    const found = statSync(one, { throwIfNoEntry: false });
    // Only the owner may change it.
    if (found && found.uid === process.getuid?.() && (found.mode & RIGHTS_OF_OTHERS) !== 0)
      chmodSync(one, PRIVATE);
  }
}
