import { existsSync } from 'node:fs';
import { AppError } from '@pocketrocket/runtime';
import { SAMPLE_NAME } from '../sample/index.ts';
import { download, type DownloadDeps } from './download.ts';
import { isMovieLensName, MOVIELENS_DATASETS } from './movieLens.ts';
import { openPath, type OpenSource } from './openPath.ts';
import { openSample } from './openSample.ts';

export type { DownloadDeps } from './download.ts';
export { MOVIELENS_DATASETS } from './movieLens.ts';
export type { OpenSource } from './openPath.ts';

/**
 * Opens what a person names: the sample, a folder or zip file, or a MovieLens data set, which is downloaded unless a
 * folder of that name is here.
 * @throws AppError NOT_FOUND, BAD_DATA, UPSTREAM_UNAVAILABLE
 */
export async function openSource(deps: DownloadDeps, nameOrPath: string): Promise<OpenSource> {
  if (nameOrPath === SAMPLE_NAME) return openSample();
  if (existsSync(nameOrPath)) return openPath(nameOrPath);
  if (isMovieLensName(nameOrPath)) return openPath(await download(deps, nameOrPath));
  throw new AppError(
    'NOT_FOUND',
    `there is no file or folder ${nameOrPath}, and no data set of that name; ` +
      `names are ${[SAMPLE_NAME, ...Object.keys(MOVIELENS_DATASETS)].join(', ')}`,
  );
}
