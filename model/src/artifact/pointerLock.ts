import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError, systemErrorCode, isAlive } from '@pocketrocket/runtime';

const LOCK_FILE = '.current.lock';
/** Changing the pointer takes milliseconds; whoever waits longer than this waits for a process that hangs. */
const WAIT_MS = 10_000;
/** After this the lock of another machine, whose processes cannot be seen from here, counts as left behind. */
const LEFT_BEHIND_MS = 60_000;

/**
 * Does work on a model folder's pointer that no other process may do at the same time. The lock of a process that was killed is
 * taken over.
 * @param root the folder that holds the pointer; it must be there
 * @throws AppError CONFLICT when another process does not finish
 */
export async function withPointerLock<Result>(root: string, work: () => Promise<Result>): Promise<Result> {
  const lock = join(root, LOCK_FILE);
  const draft = join(root, `.staging-${process.pid}-${randomUUID()}`);
  const deadline = Date.now() + WAIT_MS;
  await writeFile(draft, JSON.stringify({ pid: process.pid, host: hostname() }));
  try {
    // Linked once whole: nobody reads half of it.
    while (!(await tryLink(draft, lock))) {
      if (Date.now() > deadline)
        throw new AppError(
          'CONFLICT',
          `another process is publishing in ${root} and does not finish; try again`,
        );
      if (await isLeftBehind(lock)) await takeAway(lock);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await rm(draft, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function tryLink(draft: string, lock: string): Promise<boolean> {
  try {
    await link(draft, lock);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isLeftBehind(lock: string): Promise<boolean> {
  try {
    const { pid, host } = JSON.parse(await readFile(lock, 'utf8')) as { pid: number; host: string };
    if (host === hostname()) return pid !== process.pid && !isAlive(pid);
    return Date.now() - (await stat(lock)).mtimeMs > LEFT_BEHIND_MS;
  } catch (error) {
    // Gone meanwhile: it is free.
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** By a rename, which only one of several that find the same lock left behind can do. */
async function takeAway(lock: string): Promise<void> {
  const aside = `${lock}-${randomUUID()}`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw error;
  }
  await rm(aside, { force: true });
}
