import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onceInRun } from './onceInRun.ts';
import { QUICK_START } from './quickStart.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SEEDS = 'seeds/dist/cli.js';
const TRAINER = 'trainer/dist/cli.js';

/** A home with the bundled sample, made once in a run of tests. Who changes it copies it. */
export const importedSample = (): Promise<string> =>
  onceInRun('sample', (home) => run(home, SEEDS, ['sample', '--progress', 'none']));

/** The same with a model by the recipe of the first start, which is not evaluated. */
export const fittedSample = (): Promise<string> => trained('fitted-sample', ['--only', 'fit,publish']);

/** The same with a model that is evaluated, as the first start makes it. */
export const trainedSample = (): Promise<string> => trained('trained-sample', []);

const trained = (name: string, more: readonly string[]) =>
  onceInRun(name, async (home) => {
    await cp(await importedSample(), home, { recursive: true });
    await run(home, TRAINER, ['train', '--quick', '--progress', 'none', ...more]);
  });

/** Runs a built command on a home to its end, free of settings for other installations. */
async function run(home: string, entry: string, args: readonly string[]): Promise<void> {
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, TMPDIR, ...QUICK_START, POCKETROCKET_HOME: home };
  await promisify(execFile)(process.execPath, [entry, ...args], { cwd: ROOT, env });
}
