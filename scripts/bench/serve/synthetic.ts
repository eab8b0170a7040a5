import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { seededRandom } from '@pocketrocket/engine';

/** The size of a made-up data set. */
export interface SyntheticSize {
  movies: number;
  users: number;
  ratingsPerUser: number;
}

const GENRES = [
  'Action',
  'Comedy',
  'Crime',
  'Drama',
  'Horror',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
];
const NUM_TASTES = 40;

/**
 * Writes a data set in MovieLens' format: movies whose popularity falls off as a power law, users who mostly stay within one or two
 * of forty tastes. The same size and seed give the same files.
 */
export async function writeSynthetic(
  folder: string,
  { movies, users, ratingsPerUser }: SyntheticSize,
  seed = 1,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const random = seededRandom(seed);
  await writeLines(join(folder, 'movies.csv'), function* () {
    yield 'movieId,title,genres';
    for (let movie = 1; movie <= movies; movie++) {
      const genres = [GENRES[movie % GENRES.length], GENRES[(movie * 7) % GENRES.length]];
      yield `${movie},Film ${movie} (${1950 + (movie % 70)}),${[...new Set(genres)].join('|')}`;
    }
  });
  await writeLines(join(folder, 'ratings.csv'), function* () {
    yield 'userId,movieId,rating,timestamp';
    for (let user = 1; user <= users; user++) {
      const tastes = [Math.floor(NUM_TASTES * random()), Math.floor(NUM_TASTES * random())];
      const seen = new Set<number>();
      const length = Math.max(20, Math.round(-ratingsPerUser * Math.log(1 - random())));
      const begin = 1_000_000_000 + Math.floor(500_000_000 * random());
      for (let tries = 0; seen.size < length && tries < 4 * length; tries++) {
        // The cube of a uniform number makes the first movies the popular ones.
        const rank = Math.floor((movies / NUM_TASTES) * random() ** 3);
        const taste = random() < 0.8 ? tastes[tries % 2] : Math.floor(NUM_TASTES * random());
        const movie = 1 + rank * NUM_TASTES + (taste ?? 0);
        if (movie > movies || seen.has(movie)) continue;
        seen.add(movie);
        yield `${user},${movie},${0.5 * (1 + Math.floor(10 * Math.sqrt(random())))},${begin + 60 * seen.size}`;
      }
    }
  });
}

async function writeLines(file: string, lines: () => Generator<string>): Promise<void> {
  const stream = createWriteStream(file);
  let part: string[] = [];
  const flush = async () => {
    const isRoomLeft = stream.write(`${part.join('\n')}\n`);
    part = [];
    if (!isRoomLeft) await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
  };
  for (const line of lines()) {
    part.push(line);
    if (part.length === 10_000) await flush();
  }
  if (part.length > 0) await flush();
  stream.end();
  await finished(stream);
}
