import { createHash } from 'node:crypto';
import type { Dataset } from './dataset.ts';

const RATING_BYTES = 13;
const RATINGS_PER_CHUNK = 4096;

/**
 * Digest of a data set's normalised content, `sha256:…`: one JSON line per movie by ascending id, a blank line, then 13
 * little-endian bytes per rating by (userId, movieId): user, movie, time as int32, half stars as uint8. Its name, the
 * format it came in and the order of its rows make no difference.
 */
export function identityOf({
  movies,
  ratings,
  order,
}: Pick<Dataset, 'movies' | 'ratings' | 'order'>): string {
  const hash = createHash('sha256');
  for (const movie of movies) {
    const { movieId, title, releaseYear, alternativeTitles, genres, imdbId, tmdbId } = movie;
    hash.update(
      `${JSON.stringify([movieId, title, releaseYear, alternativeTitles, genres, imdbId, tmdbId])}\n`,
    );
  }
  hash.update('\n');
  const chunk = new DataView(new ArrayBuffer(RATING_BYTES * RATINGS_PER_CHUNK));
  let offset = 0;
  const flush = () => {
    hash.update(new Uint8Array(chunk.buffer, 0, offset));
    offset = 0;
  };
  for (const index of order) {
    chunk.setInt32(offset, ratings.userIds[index] ?? 0, true);
    chunk.setInt32(offset + 4, ratings.movieIds[index] ?? 0, true);
    chunk.setInt32(offset + 8, ratings.ratedAtSeconds[index] ?? 0, true);
    chunk.setUint8(offset + 12, ratings.halfStars[index] ?? 0);
    offset += RATING_BYTES;
    if (offset === chunk.byteLength) flush();
  }
  flush();
  return `sha256:${hash.digest('hex')}`;
}
