import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

const MADE_WITHIN_MS = 300_000;

/**
 * A folder that one process of a run of tests makes, and all of them read: the first that asks makes it, the others wait.
 * It lies in the run's own temporary folder and goes with it; who wants to change it copies it.
 * @throws Error whatever `make` throws, in every process that asks
 */
export async function onceInRun(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const place = join(tmpdir(), `once-${name}`);
  const [draft, folder, failure] = ['draft', 'made', 'failure'].map((part) => join(place, part)) as [
    string,
    string,
    string,
  ];
  if (await isNew(place)) {
    try {
      await mkdir(draft);
      await make(draft);
      await rename(draft, folder);
    } catch (error) {
      await writeFile(failure, '');
      throw error;
    }
  }
  await until(
    `${name} is made by another process`,
    async () => {
      if (await exists(failure)) throw new Error(`${name} could not be made: see the suite that made it`);
      return exists(folder);
    },
    MADE_WITHIN_MS,
  );
  return folder;
}

/** True for one of those who ask. */
async function isNew(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    // Not by its class, of which Jest has another.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
