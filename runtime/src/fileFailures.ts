import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, messageOf, systemErrorCode } from './errors.ts';

/** System calls that have such codes too, and mean no file by them. */
const OTHER_CALLS = /^(?:spawn|watch|listen|bind|connect|accept|getaddrinfo)/;

/** The reason and the remedy of each failure that a path, or the disk that it leads to, is to blame for. */
const REMEDIES: Readonly<Record<string, (path: string) => string>> = {
  ENOTDIR: (path) => `${fileIn(path)} is a file, where a folder is needed: name another place`,
  EEXIST: () => 'it is a file, where a folder is needed: name another place',
  EISDIR: () => 'it is a folder, where a file is needed: name a file',
  ELOOP: () => 'its links lead in a circle: remove them, or name another place',
  ENAMETOOLONG: () => 'the name is too long: choose a shorter one',
  EACCES: () => 'this user may not: change its rights (chown, chmod), or name another place',
  EPERM: () => 'this user may not: change its rights (chown, chmod), or name another place',
  EROFS: () => 'its disk is read-only: remount it writable, or name another place',
  ENOSPC: () => 'its disk is full: make room, or name another place',
  EDQUOT: () => "this user's share of its disk is used up: make room, or name another place",
};

/** Tells that a path cannot be used, and what to do, for an error of the file system that is no bug; null for any other error. */
export function fileFailureOf(error: unknown): AppError | null {
  const code = systemErrorCode(error) ?? '';
  const { syscall, path, dest } = (error ?? {}) as { syscall?: unknown; path?: unknown; dest?: unknown };
  const remedy = Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
  if (!remedy || typeof syscall !== 'string' || OTHER_CALLS.test(syscall)) return null;
  // Only making a folder says so of what should be one; other calls are told apart where they are made.
  if (code === 'EEXIST' && syscall !== 'mkdir') return null;
  // Of two places it is the new one where a folder is in the way.
  const blamed = code === 'EISDIR' && dest !== undefined ? dest : path;
  const place = typeof blamed === 'string' ? blamed : null;
  const problem = place === null ? `a file cannot be used (${messageOf(error)})` : `${place} cannot be used`;
  return new AppError('ENVIRONMENT', `${problem}: ${remedy(place ?? 'it')}`, { cause: error });
}

/** True where the disk, or this user's share of it, has no room for what was written. */
export const isDiskFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes(systemErrorCode(error) ?? '');

/** The part of a path that is there and no folder; `it` for the whole. */
function fileIn(path: string): string {
  let part = path;
  while (!isThere(part) && part !== dirname(part)) part = dirname(part);
  return part === path ? 'it' : part;
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Below a file there is nothing.
    return false;
  }
}
