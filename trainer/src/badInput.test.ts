import { expect, it } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ITEM_IDS, readArtifact, USER_IDS } from '@pocketrocket/model/artifact';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase, tinyRatings } from './test/tinyData.ts';
import type { TinyRating } from './test/tinyData.ts';

const MAX_ID = 2 ** 31 - 1;
const rating = (userId: number, movieId: number, place = 0): TinyRating => ({
  userId,
  movieId,
  halfStars: 8,
  ratedAtSeconds: 1_000 + place,
});

const CASES: [string, () => TinyRating[]][] = [
  [
    'users with one rating',
    () => [...tinyRatings(), ...Array.from({ length: 30 }, (_, i) => rating(1000 + i, 10 * (1 + i)))],
  ],
  [
    'movies with one rating',
    () => [...tinyRatings(), ...Array.from({ length: 24 }, (_, i) => rating(1 + i, 5_000 + i, 9_000_000))],
  ],
  ['all ratings equal', () => tinyRatings().map((row) => ({ ...row, halfStars: 10 }))],
  ['no timestamps at all', () => tinyRatings().map((row) => ({ ...row, ratedAtSeconds: null }))],
  ['the same time for all', () => tinyRatings().map((row) => ({ ...row, ratedAtSeconds: 7 }))],
  [
    'the largest ids there are',
    () =>
      tinyRatings().map((row) => ({
        ...row,
        userId: MAX_ID - 24 + row.userId,
        movieId: MAX_ID - 400 + row.movieId,
      })),
  ],
];

it('says what to do about users with one rating and nobody else', async () => {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-bad-'));
  const ratings = Array.from({ length: 30 }, (_, i) => rating(1 + i, 10 * (1 + (i % 7))));
  await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`, ratings);
  await expect(runTrainer(['train', '--quick'], { POCKETROCKET_HOME: home })).rejects.toMatchObject({
    code: 'BAD_DATA',
    message: expect.stringMatching(/no user has rated two movies.*npm run seed/),
  });
});

it.each(CASES)(
  'trains on %s and drops none of it',
  async (_what, makeRatings) => {
    const ratings = makeRatings();
    const home = mkdtempSync(join(tmpdir(), 'pocketrocket-bad-'));
    await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`, ratings);
    const env = { POCKETROCKET_HOME: home };
    // Whether such a model is good enough to be served is the gate's business, not this test's.
    const { stdout } = await runTrainer(
      ['train', '--quick', '--force', '--json', '--item2vec-epochs', '3', '--neural-cf-epochs', '1'],
      env,
    );
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, published: true });
    const { manifest, tensors } = await readArtifact(join(home, 'models'), 1);
    const [userIds, movieIds] = [
      new Set(ratings.map(({ userId }) => userId)),
      new Set(ratings.map(({ movieId }) => movieId)),
    ];
    expect(manifest.counts).toEqual({
      users: userIds.size,
      items: movieIds.size,
      interactions: ratings.length,
    });
    expect([...(tensors[USER_IDS]?.data ?? [])]).toEqual([...userIds].sort((a, b) => a - b));
    expect([...(tensors[ITEM_IDS]?.data ?? [])]).toEqual([...movieIds].sort((a, b) => a - b));
    for (const [name, { data }] of Object.entries(tensors)) {
      expect([name, data.every(Number.isFinite)]).toEqual([name, true]);
    }
    const { userId } = ratings[0] ?? {};
    const recommended = await runTrainer(['recommend', '--user', String(userId), '--json'], env);
    for (const { score } of JSON.parse(recommended.stdout).recommendations as { score: number }[]) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  },
  180_000,
);
