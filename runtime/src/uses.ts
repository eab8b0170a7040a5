import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, systemErrorCode } from './errors.ts';
import { isDiskFull } from './fileFailures.ts';
import { isSameProcess, processNamespace, startOfProcess } from './processes.ts';

/** A process that uses a place on disk. */
const useSchema = z.object({
  pid: z.number().int().positive(),
  /** The machine or container, whose processes cannot be seen from another. */
  host: z.string(),
  /** When the kernel started the process, which tells it from a later one of the same number; null where that cannot be known. */
  started: z.string().nullable(),
  /** Such as `server`. */
  purpose: z.string(),
  /** ISO 8601, UTC. */
  since: z.iso.datetime(),
  /** True for whoever replaces what is there, and can do so only alone. */
  isExclusive: z.boolean(),
});

export type Use = z.infer<typeof useSchema>;

/** So often a process on another machine shows that it is alive. */
const TOUCH_MS = 15_000;
/** After this the mark of another machine, whose processes cannot be seen from here, counts as left behind. */
const LEFT_BEHIND_MS = 60_000;
const MAX_ATTEMPTS = 5;

/** The place cannot be written: nobody can replace anything there either, so that nobody need know who reads it. */
const UNWRITABLE = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'ENOTDIR']);

export interface UseOptions {
  /** Such as `server`. */
  purpose: string;
  /** True for whoever is to be alone there. */
  isExclusive?: boolean;
  /** Folders around the places that are this user's alone where they are made now. */
  privateFolders?: readonly string[];
}

/**
 * Marks places as used by this process until the returned function is called; a mark of a process that ended counts no more.
 * @param places folders of marks, made where there are none; those that cannot be written are passed over unless it is to be alone
 * @throws AppError CONFLICT that names the other process: where that replaces what is there, or where this one is to, and anybody uses it
 */
export function claimUse(
  places: readonly string[],
  { purpose, isExclusive = false, privateFolders = [] }: UseOptions,
): () => void {
  const use: Use = {
    pid: process.pid,
    host: thisHost(),
    started: startOfProcess(process.pid),
    purpose,
    since: new Date().toISOString(),
    isExclusive,
  };
  const marks: string[] = [];
  const timer = setInterval(() => marks.forEach(touch), TOUCH_MS);
  timer.unref();
  const release = () => {
    clearInterval(timer);
    for (const mark of marks) removeMark(mark);
  };
  try {
    for (const place of places) marks.push(...writeMark(place, use, privateFolders));
  } catch (error) {
    release();
    throw error;
  }
  // Marked first, then looked: of two that begin at once at least one sees the other.
  const others = places.flatMap((place) => usesOf(place, marks));
  const other = isExclusive ? others[0] : others.find((one) => one.isExclusive);
  if (!other) return release;
  release();
  throw new AppError(
    'CONFLICT',
    isExclusive
      ? `${describeUse(other)} uses what is to be replaced; nothing was changed: stop it, then try again`
      : `${describeUse(other)} is replacing what is there; try again when it has ended`,
  );
}

/** The living processes that use a place, the longest first. @param except marks that do not count */
export function usesOf(place: string, except: readonly string[] = []): Use[] {
  const uses = namesIn(place)
    .map((name) => join(place, name))
    .filter((mark) => !except.includes(mark))
    .flatMap((mark) => readMark(mark) ?? []);
  return uses.sort((a, b) => (a.since < b.since ? -1 : 1));
}

/** Names a process, such as `a server (process 4711, since 2026-01-02 03:04:05 UTC)`. */
export function describeUse({ purpose, pid, host, since }: Use): string {
  const where = host === thisHost() ? '' : ` on ${host.split(' ')[0]}`;
  return `a ${purpose} (process ${pid}${where}, since ${since.slice(0, 19).replace('T', ' ')} UTC)`;
}

function thisHost(): string {
  return `${hostname()} ${processNamespace()}`;
}

/** The mark; none where the place cannot be written. */
function writeMark(place: string, use: Use, privateFolders: readonly string[]): string[] {
  const mark = join(place, `${use.pid}-${randomUUID()}.json`);
  for (let attempt = 1; ; attempt++) {
    try {
      for (const folder of privateFolders) mkdirSync(folder, { recursive: true, mode: 0o700 });
      mkdirSync(place, { recursive: true });
      writeFileSync(mark, JSON.stringify(use), { mode: 0o600 });
      return [mark];
    } catch (error) {
      // The mark is there, and empty.
      if (isDiskFull(error)) rmSync(mark, { force: true });
      const code = systemErrorCode(error) ?? '';
      // Another process removed the empty folder in between.
      if (code === 'ENOENT' && attempt < MAX_ATTEMPTS) continue;
      if (use.isExclusive || !UNWRITABLE.has(code)) throw error;
      return [];
    }
  }
}

function removeMark(mark: string): void {
  rmSync(mark, { force: true });
  try {
    rmdirSync(join(mark, '..'));
  } catch (error) {
    // Others use it, or have removed it.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(systemErrorCode(error) ?? '')) throw error;
  }
}

function touch(mark: string): void {
  try {
    utimesSync(mark, new Date(), new Date());
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    // The place is gone or cannot be written just now; the next time it may be.
  }
}

function namesIn(place: string): string[] {
  try {
    return readdirSync(place).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return [];
    throw error;
  }
}

/** Null for a mark whose process is gone, which is removed, and for one that goes meanwhile. */
function readMark(mark: string): Use | null {
  try {
    const use = useSchema.safeParse(JSON.parse(readFileSync(mark, 'utf8')));
    if (use.success && isLiving(use.data, mark)) return use.data;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    if (!(error instanceof SyntaxError)) throw error;
    // Half written: its process was killed, or is about to look, and will see this one's mark.
    return null;
  }
  rmSync(mark, { force: true });
  return null;
}

function isLiving({ host, pid, started }: Use, mark: string): boolean {
  if (host === thisHost()) return isSameProcess(pid, started);
  return Date.now() - statSync(mark).mtimeMs < LEFT_BEHIND_MS;
}
