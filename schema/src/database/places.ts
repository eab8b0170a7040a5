import { dirname, join } from 'node:path';
import { claimUse, type Config, type UseOptions } from '@pocketrocket/runtime';
import { databaseFileOf } from './databaseUrl.ts';

type Home = Pick<Config, 'home' | 'databaseUrl' | 'modelDir'>;

/** The folders of marks of an installation's database file and models: whoever uses these marks them. */
export function placesOf({ databaseUrl, modelDir }: Omit<Home, 'home'>): string[] {
  const file = databaseFileOf(databaseUrl);
  return [...(file === null ? [] : [`${file}.in-use`]), join(modelDir, '.in-use')];
}

/** Marks an installation as used until the returned function is called. @throws AppError CONFLICT as `claimUse` does */
export function claimHome(config: Home, use: Omit<UseOptions, 'privateFolders'>): () => void {
  const file = databaseFileOf(config.databaseUrl);
  const privateFolders = [config.home, ...(file === null ? [] : [dirname(file)])];
  return claimUse(placesOf(config), { ...use, privateFolders });
}

/** False where database, models and secret are all elsewhere: a server with these settings writes nothing at home. */
export function needsHome({
  databaseUrl,
  jwtSecret,
  redisUrl,
}: Pick<Config, 'databaseUrl' | 'jwtSecret' | 'redisUrl'>): boolean {
  return databaseFileOf(databaseUrl) !== null || jwtSecret === null || redisUrl === null;
}
