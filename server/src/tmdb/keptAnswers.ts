import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RedisLink } from '@pocketrocket/model/redis';
import { messageOf, type Logger } from '@pocketrocket/runtime';

/** A place where answers outlive the process, and that other threads and servers read too; what fails is as if it were not there. */
export interface AnswerStore {
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
}

const REDIS_DEADLINE_MS = 150;

/** Keeps answers in Redis, which forgets them after a while. */
export function redisAnswers(link: RedisLink, prefix: string, keptSeconds: number): AnswerStore {
  return {
    async read(name) {
      const found = await link.command(['GET', `${prefix}:${name}`], REDIS_DEADLINE_MS).catch(() => null);
      return typeof found === 'string' || Buffer.isBuffer(found) ? String(found) : null;
    },
    async write(name, text) {
      const words = ['SET', `${prefix}:${name}`, text, 'EX', String(keptSeconds)];
      await link.command(words, REDIS_DEADLINE_MS).catch(() => undefined);
    },
  };
}

/** Files written between two looks at how much they are. */
const WRITES_BETWEEN_LOOKS = 200;

/**
 * Keeps answers as files of a folder, the oldest of which go where they are too much.
 * @param maxBytes of all files
 */
export function folderAnswers(folder: string, maxBytes: number, logger: Logger): AnswerStore {
  let written = 0;
  let isBroken = false;
  const fail = (error: unknown) => {
    if (isBroken) return;
    isBroken = true;
    logger.warn({ folder, reason: messageOf(error) }, 'what TMDB answers is kept in memory alone');
  };
  return {
    read: (name) => readFile(join(folder, `${name}.json`), 'utf8').catch(() => null),
    async write(name, text) {
      if (isBroken) return;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const path = join(folder, `${name}.json`);
        // Whole or not at all, for those who read it meanwhile.
        const draft = `${path}.${process.pid}.${written}.draft`;
        await writeFile(draft, text, { mode: 0o600 });
        await rename(draft, path);
        if (written++ % WRITES_BETWEEN_LOOKS === 0) await removeOldest(folder, maxBytes);
      } catch (error) {
        fail(error);
      }
    },
  };
}

/** Removes the oldest files until the rest is three quarters of what there may be. */
async function removeOldest(folder: string, maxBytes: number): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0 }));
      return { path, size, mtimeMs };
    }),
  );
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes <= maxBytes) return;
  for (const { path, size } of files.sort((one, other) => one.mtimeMs - other.mtimeMs)) {
    if (bytes <= 0.75 * maxBytes) return;
    // Another thread may have been faster.
    await unlink(path).catch(() => undefined);
    bytes -= size;
  }
}
