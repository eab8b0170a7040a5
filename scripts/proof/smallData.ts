import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const NUM_MOVIES = 120;
const NUM_USERS = 80;
const RATINGS_PER_USER = 30;
const GENRES = ['Drama', 'Comedy', 'Action', 'Sci-Fi'];

/** Whole numbers from 0 to below 2³², from a linear congruential generator (Numerical Recipes); the same in every recording. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
}

/** Writes made-up movies and ratings in the CSV that can be imported: four tastes, some noise, one movie without ratings. */
export async function writeSmallData(folder: string): Promise<void> {
  const next = generator(7);
  const share = () => next() / 2 ** 32;
  const movies = Array.from(
    { length: NUM_MOVIES },
    (_, i) => `${10 * (i + 1)},Film ${i + 1},${1960 + (i % 60)},${GENRES[i % 4]}|${GENRES[(i + 1) % 4]}`,
  );
  const ratings: string[] = [];
  for (let userId = 1; userId <= NUM_USERS; userId++) {
    const seen = new Set<number>();
    let at = 1_000_000_000 + userId * 100_000;
    for (let i = 0; i < RATINGS_PER_USER; i++) {
      const noise = share() < 0.15 ? 1 : 0;
      const movieId = 10 * (1 + (userId % 4) + 4 * Math.floor(share() ** 1.5 * 28) + noise);
      at += Math.floor(share() * 900);
      const stars = Math.ceil(share() * 10) / 2;
      if (!seen.has(movieId)) ratings.push(`${userId},${movieId},${Math.max(stars, 0.5)},${at}`);
      seen.add(movieId);
    }
  }
  await writeLines(join(folder, 'movies.csv'), ['movieId,title,releaseYear,genres', ...movies]);
  await writeLines(join(folder, 'ratings.csv'), ['userId,movieId,rating,timestamp', ...ratings]);
}

/** Writes a text file whose time is always the same, as some checksums include it. */
export async function writeLines(file: string, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${lines.join('\n')}\n`);
  await utimes(file, 1_700_000_000, 1_700_000_000);
}
