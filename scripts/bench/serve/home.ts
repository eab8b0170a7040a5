import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, isBuilt } from '../../lib/build.ts';
import { built, runStep } from '../../lib/processes.ts';
import type { Environment } from '../../topology/processes.ts';
import { writeSynthetic, type SyntheticSize } from './synthetic.ts';

/** Sizes of made-up data for benches that make none. */
export const NO_SYNTHETIC: SyntheticSize = { movies: 0, users: 0, ratingsPerUser: 0 };

/** Builds where needed, and runs a bench in a home: the given one, which stays, or one that goes with it. */
export async function withHome(
  given: string | undefined,
  work: (home: string) => Promise<void>,
): Promise<void> {
  if (!isBuilt()) await build();
  const home = given ? resolve(given) : await mkdtemp(join(tmpdir(), 'pocketrocket-bench-'));
  try {
    await work(home);
  } finally {
    if (!given) await rm(home, { recursive: true, force: true });
  }
}

/** The environment of an embedded server of a bench: nothing but its home counts. */
export function embeddedEnvironment(home: string): Environment {
  return {
    ...process.env,
    POCKETROCKET_HOME: home,
    PORT: '0',
    LOG_LEVEL: 'warn',
    // One address sends what many clients would; the budget is kept all the same, so that its work is measured.
    BUDGET_BURST: '1000000000',
    BUDGET_PER_SECOND: '1000000000',
    SHUTDOWN_DELAY_MS: '0',
    // Of the bench alone, and strong enough for production.
    JWT_SECRET: randomBytes(48).toString('base64'),
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
    RANKER: undefined,
    MODEL_DIR: undefined,
  };
}

/**
 * Imports a data set into a home and trains on it, where that does not hold it already.
 * @param data a name or path, or `synthetic`
 */
export async function prepareHome(
  { data, ...size }: SyntheticSize & { data: string },
  home: string,
  env: Environment,
): Promise<void> {
  let source = data;
  let stages: string[] = [];
  if (source === 'synthetic') {
    // Of made-up ratings a measurement says nothing, and of so many users it would take long.
    stages = ['--only', 'fit,publish'];
    source = join(home, 'synthetic');
    if (!existsSync(join(source, 'ratings.csv'))) await writeSynthetic(source, size);
  }
  await runStep('the import', built('seeds', [source]), { env });
  if (!existsSync(join(home, 'models', 'recmodel', 'current.json')))
    await runStep('the training', built('trainer', ['train', '--quick', ...stages]), { env });
}
