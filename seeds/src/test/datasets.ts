import { createProgress } from '@pocketrocket/runtime';
import type { Dataset } from '../dataset/dataset.ts';
import { readDataset, type ReadOptions } from '../dataset/readDataset.ts';
import { openPath } from '../sources/openPath.ts';
import { writeFolder, type Files } from './files.ts';

export const silent = createProgress(process.stderr, 'none');

/** Invented films and ratings as plain CSV. */
export const PLAIN_CSV = {
  'movies.csv': `movieId,title,releaseYear,genres
10,The Paper Lighthouse,1954,Drama|Mystery
20,"Crème, Brûlée & Co.",2003,Comedy
30,Zero Tide,,
`,
  'ratings.csv': `userId,movieId,rating,timestamp
2,20,4.5,1100000000
2,10,3,1100000001
1,10,5,
1,20,0.5,900000000
`,
  'links.csv': `movieId,imdbId,tmdbId
10,0000123,77
30,,78
`,
} as const satisfies Files;

export async function readPath(path: string, options: Partial<ReadOptions> = {}): Promise<Dataset> {
  const source = await openPath(path);
  try {
    return await readDataset(source.rows, { strict: false, progress: silent, ...options });
  } finally {
    source.close();
  }
}

export const readFiles = (files: Files, options?: Partial<ReadOptions>): Promise<Dataset> =>
  readPath(writeFolder(files), options);

/** Ratings as tuples, by (userId, movieId): user, movie, half stars, time. */
export function storedRatings({ ratings }: Dataset): number[][] {
  const rows: number[][] = [];
  for (const { length, userIds, movieIds, halfStars, ratedAtSeconds } of ratings.blocks())
    for (let index = 0; index < length; index++)
      rows.push([
        userIds[index] ?? 0,
        movieIds[index] ?? 0,
        halfStars[index] ?? 0,
        ratedAtSeconds[index] ?? 0,
      ]);
  return rows;
}
