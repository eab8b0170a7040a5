import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFilms } from './films.ts';
import { generateRatings, PARAMETERS, type GeneratedRatings } from './generate.ts';
import { createRandom } from './random.ts';

const films = readFilms();
const ratings = generateRatings(films);
const indexOf = new Map(films.map(({ movieId }, index) => [movieId, index]));
const numRatings = ratings.userIds.length;

function digest(columns: GeneratedRatings): string {
  const hash = createHash('sha256');
  for (const column of Object.values(columns) as Int32Array[])
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest('hex');
}

function histories(): number[][] {
  const byUser: number[][] = Array.from({ length: PARAMETERS.numUsers }, () => []);
  ratings.userIds.forEach((userId, row) =>
    byUser[userId - 1]?.push(indexOf.get(ratings.movieIds[row] ?? 0) ?? -1),
  );
  return byUser;
}

describe("the sample's ratings", () => {
  it('are the same at every call, and others with another seed', () => {
    expect(digest(generateRatings(films))).toBe(digest(ratings));
    expect(digest(generateRatings(films, 1))).not.toBe(digest(ratings));
  });

  it('are at least 120,000 by at least 1,500 users, twenty or more each, one per film', () => {
    expect(numRatings).toBeGreaterThanOrEqual(120_000);
    const byUser = histories();
    expect(byUser.length).toBeGreaterThanOrEqual(1_500);
    for (const history of byUser) {
      expect(history.length).toBeGreaterThanOrEqual(20);
      expect(new Set(history).size).toBe(history.length);
    }
  });

  it('are half stars whose mean lies in 3.3 to 3.8, four stars most often, the lowest seldom', () => {
    const counts = new Array<number>(11).fill(0);
    for (const halfStars of ratings.halfStars) counts[halfStars] = (counts[halfStars] ?? 0) + 1;
    expect(counts[0]).toBe(0);
    const mean = counts.reduce((sum, count, halfStars) => sum + (count * halfStars) / 2, 0) / numRatings;
    expect(mean).toBeGreaterThan(3.3);
    expect(mean).toBeLessThan(3.8);
    expect(Math.max(...counts)).toBe(counts[8]);
    expect((counts[1] ?? 0) + (counts[2] ?? 0)).toBeLessThan(0.05 * numRatings);
  });

  it('follow time within a user, never precede the release, and lie between 2004 and 2025', () => {
    const wrongRows: number[] = [];
    for (let row = 0; row < numRatings; row++) {
      const at = ratings.ratedAtSeconds[row] ?? 0;
      const sameUser = ratings.userIds[row] === ratings.userIds[row - 1];
      const year = new Date(at * 1000).getUTCFullYear();
      const released = films[indexOf.get(ratings.movieIds[row] ?? 0) ?? -1]?.releaseYear ?? Infinity;
      const inOrder = !sameUser || at > (ratings.ratedAtSeconds[row - 1] ?? 0);
      if (!inOrder || year < released || year < 2004 || year > 2025) wrongRows.push(row);
    }
    expect(wrongRows).toEqual([]);
  });

  it('fall off in popularity as in real catalogues: the tenth most watched hold about half', () => {
    const counts = new Array<number>(films.length).fill(0);
    for (const movieId of ratings.movieIds)
      counts[indexOf.get(movieId) ?? -1] = (counts[indexOf.get(movieId) ?? -1] ?? 0) + 1;
    counts.sort((a, b) => b - a);
    const share = counts.slice(0, films.length / 10).reduce((sum, count) => sum + count, 0) / numRatings;
    expect(share).toBeGreaterThan(0.35);
    expect(share).toBeLessThan(0.65);
  });

  it('are no toy: plain popularity finds .45 to .65 of the last films among 99 others', () => {
    const random = createRandom(42);
    const byUser = histories();
    const lasts = byUser.map((history) => history.at(-1) ?? -1);
    const counts = new Array<number>(films.length).fill(0);
    for (const history of byUser)
      for (const film of history.slice(0, -1)) counts[film] = (counts[film] ?? 0) + 1;
    const hits = lasts.filter((last, user) => {
      const seen = new Set(byUser[user]);
      let above = 0;
      for (let drawn = 0; drawn < 99;) {
        const film = random.below(films.length);
        if (seen.has(film)) continue;
        drawn++;
        if ((counts[film] ?? 0) >= (counts[last] ?? 0)) above++;
      }
      return above < 10;
    });
    const hitRateAt10 = hits.length / lasts.length;
    expect(hitRateAt10).toBeGreaterThan(0.45);
    expect(hitRateAt10).toBeLessThan(0.65);
  });
});
