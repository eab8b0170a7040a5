import { join } from 'node:path';
import type { Config } from '@pocketrocket/runtime';
import { databaseFileOf } from './databaseUrl.ts';

/** The folders of marks of an installation's database file and models, for `claimUse`: whoever uses these marks them. */
export function placesOf({ databaseUrl, modelDir }: Pick<Config, 'databaseUrl' | 'modelDir'>): string[] {
  const file = databaseFileOf(databaseUrl);
  return [...(file === null ? [] : [`${file}.in-use`]), join(modelDir, '.in-use')];
}
