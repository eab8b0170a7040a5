import { createHash } from 'node:crypto';
import { SAMPLE_NAME, sampleMovies, sampleRatings } from '../sample/index.ts';
import type { SourceRow, SourceTable } from '@pocketrocket/formats';
import type { OpenSource } from './openPath.ts';

const ROWS_PER_BATCH = 4096;

/** The bundled sample as a source of rows; it passes the same checks as any other. */
export function openSample(): OpenSource {
  const movies = sampleMovies();
  const { userIds, movieIds, halfStars, ratedAtSeconds } = sampleRatings();
  const hash = createHash('sha256').update(JSON.stringify(movies));
  for (const column of [userIds, movieIds, halfStars, ratedAtSeconds]) hash.update(column);
  return {
    rows: {
      name: SAMPLE_NAME,
      synthetic: true,
      movies: generatedTable('sample films', movies.length, (index) => {
        const movie = movies[index];
        return {
          movieId: String(movie?.movieId),
          title: movie?.title ?? '',
          releaseYear: String(movie?.releaseYear),
          genres: movie?.genres ?? [],
        };
      }),
      ratings: generatedTable('sample ratings', userIds.length, (index) => ({
        userId: String(userIds[index]),
        movieId: String(movieIds[index]),
        rating: String((halfStars[index] ?? 0) / 2),
        timestamp: String(ratedAtSeconds[index]),
      })),
      links: generatedTable('sample links', movies.length, (index) => ({
        movieId: String(movies[index]?.movieId),
        imdbId: movies[index]?.imdbId ?? '',
        tmdbId: '',
      })),
    },
    fingerprint: hash.digest('hex'),
    close() {},
  };
}

function generatedTable<T>(file: string, length: number, rowAt: (index: number) => T): SourceTable<T> {
  return {
    file,
    sizeBytes: length,
    *rows(onBytes) {
      for (let start = 0; start < length; start += ROWS_PER_BATCH) {
        const size = Math.min(ROWS_PER_BATCH, length - start);
        yield Array.from({ length: size }, (_, offset): SourceRow<T> => {
          const index = start + offset;
          return { line: index + 1, row: rowAt(index) };
        });
        onBytes(start + size);
      }
    },
  };
}
