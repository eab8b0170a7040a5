import { usesOf, type Config, type Use } from '@pocketrocket/runtime';
import { placesOf } from '@pocketrocket/schema/database';
import type { SeedReport } from './importDataset.ts';

/** No data set's: whoever expects it, finds another. */
const UNKNOWN = 'unknown';

/**
 * Reads which data set is held, as long as other imports of this home leave it: a read may wait until one of them has ended, and would then
 * take what that one brought for what was there when this import was asked for.
 * @returns with the identity that the database must still have when this import writes; null for none
 */
export async function readBesideImports<Read extends { held: SeedReport | null }>(
  config: Pick<Config, 'databaseUrl' | 'modelDir'>,
  read: () => Promise<Read>,
): Promise<Read & { expected: string | null }> {
  const before = importsBeside(config);
  const found = await read();
  const running = new Set(importsBeside(config).map(({ pid }) => pid));
  const hasAnyEnded = before.some(({ pid }) => !running.has(pid));
  return { ...found, expected: hasAnyEnded ? UNKNOWN : (found.held?.identity ?? null) };
}

function importsBeside(config: Pick<Config, 'databaseUrl' | 'modelDir'>): Use[] {
  return placesOf(config)
    .flatMap((place) => usesOf(place))
    .filter(({ purpose, pid }) => purpose === 'import' && pid !== process.pid);
}
