import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

const PRIVATE = 0o600;
const RIGHTS_OF_OTHERS = 0o007;
/** Every SQLite database begins so; source: https://www.sqlite.org/fileformat.html. */
const HEADER = Buffer.from('SQLite format 3\0');

/**
 * Makes a database file that its owner alone reads, as it holds addresses and hashes of passwords; SQLite gives its journals the same
 * rights. One that everybody may read loses that, journals included; rights that a group was given stay, and so do those of a file
 * that is no database.
 */
export function makePrivate(file: string): void {
  if (!existsSync(file)) {
    closeSync(openSync(file, 'a', PRIVATE));
    return;
  }
  if (!isDatabase(file)) return;
  for (const one of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    const found = statSync(one, { throwIfNoEntry: false });
    // Only the owner may change it.
    if (found && found.uid === process.getuid?.() && (found.mode & RIGHTS_OF_OTHERS) !== 0)
      chmodSync(one, PRIVATE);
  }
}

/** True for a file that SQLite would open: an empty one, or one with its header. */
function isDatabase(file: string): boolean {
  // Nothing is read of a pipe, which would wait for its other end.
  if (!statSync(file).isFile()) return false;
  const start = Buffer.alloc(HEADER.length);
  const opened = openSync(file, 'r');
  try {
    const numBytes = readSync(opened, start);
    return numBytes === 0 || start.equals(HEADER);
  } finally {
    closeSync(opened);
  }
}
