import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fixture } from './fixture.ts';

/** MovieLens ml-latest-small as a fixture: just what the tests need of its files. */
export function readMovieLensSmall(movieLensDir: string): Fixture {
  const folder = join(movieLensDir, 'ml-latest-small');
  const movies = linesOf(folder, 'movies.csv').map((line) => {
    const [, movieId, quoted, plain, genres = ''] = /^(\d+),(?:"(.*)"|([^"]*)),([^,]*)$/.exec(line) ?? [];
    const name = (quoted ?? plain ?? '').replaceAll('""', '"');
    const [, title = name, year] = /^(.*) \((\d{4})\)\s*$/.exec(name) ?? [];
    return {
      movieId: Number(movieId),
      title,
      releaseYear: year === undefined ? null : Number(year),
      genres: genres.startsWith('(') ? [] : genres.split('|'),
    };
  });
  const ratings = linesOf(folder, 'ratings.csv').map((line) => {
    const [userId, movieId, rating, timestamp] = line.split(',').map(Number);
    return {
      userId: userId ?? 0,
      movieId: movieId ?? 0,
      halfStars: (rating ?? 0) * 2,
      ratedAtSeconds: timestamp ?? null,
    };
  });
  return {
    name: 'ml-latest-small',
    genres: [...new Set(movies.flatMap(({ genres }) => genres))].sort(),
    movies,
    userIds: [...new Set(ratings.map(({ userId }) => userId))],
    ratings,
  };
}

function linesOf(folder: string, file: string): string[] {
  return readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/).slice(1);
}
