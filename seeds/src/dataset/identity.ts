import { createHash } from 'node:crypto';
import type { RatingBlock, RatingIds } from '@pocketrocket/formats';
import type { DatasetMovie } from './dataset.ts';

const RATING_BYTES = 13;

/**
 * Digest of a data set's normalised content, `sha256:…`: one JSON line per movie by ascending id, a blank line, then 13
 * little-endian bytes per rating by (userId, movieId): user, movie, time as int32, half stars as uint8; then, for ids that are no plain
 * numbers, one JSON line each with the number that stands for it. Its name, the
 * format it came in and the order of its rows make no difference.
 */
export class IdentityDigest {
  readonly #hash = createHash('sha256');
  #bytes = new DataView(new ArrayBuffer(0));

  constructor(movies: readonly DatasetMovie[]) {
    for (const movie of movies) {
      const { movieId, title, releaseYear, alternativeTitles, genres, imdbId, tmdbId } = movie;
      this.#hash.update(
        `${JSON.stringify([movieId, title, releaseYear, alternativeTitles, genres, imdbId, tmdbId])}\n`,
      );
    }
    this.#hash.update('\n');
  }

  /** Takes the next ratings, by (userId, movieId). */
  add({ length, userIds, movieIds, ratedAtSeconds, halfStars }: RatingBlock): void {
    if (this.#bytes.byteLength < length * RATING_BYTES)
      this.#bytes = new DataView(new ArrayBuffer(length * RATING_BYTES));
    let offset = 0;
    for (let index = 0; index < length; index++) {
      this.#bytes.setInt32(offset, userIds[index] ?? 0, true);
      this.#bytes.setInt32(offset + 4, movieIds[index] ?? 0, true);
      this.#bytes.setInt32(offset + 8, ratedAtSeconds[index] ?? 0, true);
      this.#bytes.setUint8(offset + 12, halfStars[index] ?? 0);
      offset += RATING_BYTES;
    }
    this.#hash.update(new Uint8Array(this.#bytes.buffer, 0, offset));
  }

  /** Once only. @param ids what numbers stand for ids that are no plain numbers */
  finish({ movies, users }: RatingIds): string {
    for (const [kind, column] of [['movie', movies] as const, ['user', users] as const])
      for (const [number, externalId] of column.entries())
        this.#hash.update(`${JSON.stringify([kind, number, externalId])}\n`);
    return `sha256:${this.#hash.digest('hex')}`;
  }
}
