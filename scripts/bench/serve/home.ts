import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { built, runStep } from '../../lib/processes.ts';
import type { Environment } from '../../topology/processes.ts';
import { writeSynthetic, type SyntheticSize } from './synthetic.ts';

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
  if (source === 'synthetic') {
    source = join(home, 'synthetic');
    if (!existsSync(join(source, 'ratings.csv'))) await writeSynthetic(source, size);
  }
  await runStep('the import', built('seeds', [source]), { env });
  if (!existsSync(join(home, 'models', 'recmodel', 'current.json')))
    await runStep('the training', built('trainer', ['train', '--quick']), { env });
}
