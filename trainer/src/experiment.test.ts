import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ExperimentExposureEntity, openDatabase } from '@pocketrocket/schema/database';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase } from './test/tinyData.ts';

const home = mkdtempSync(join(tmpdir(), 'pocketrocket-experiment-'));
const url = `sqlite:${join(home, 'pocketrocket.sqlite')}`;
const DAY = 86_400;
const ARMS = [
  { name: 'control', share: 0.5 },
  { name: 'diverse', share: 0.5, diversity: 0.4 },
];
const env = (minimumEffect: number) => ({
  POCKETROCKET_HOME: home,
  LOG_LEVEL: 'silent',
  EXPERIMENTS: JSON.stringify([
    { name: 'diversity', arms: ARMS, minimumEffect },
    { name: 'not-begun', arms: ARMS },
  ]),
});
const now = Math.floor(Date.now() / 1000);

beforeAll(async () => {
  await createTinyDatabase(url);
  const database = await openDatabase({ url });
  await database.transaction(async (manager) => {
    // 200 users of each arm 20 days ago: half of the first arm's, four fifths of the second's rate a movie well two days later.
    for (let user = 0; user < 400; user++) {
      const userId = 1_000_000_000 + user;
      const arm = ARMS[user % 2]?.name ?? '';
      const shownAtSeconds = now - 20 * DAY;
      const day = Math.floor(shownAtSeconds / DAY);
      await manager.insert(ExperimentExposureEntity, {
        ...{ experiment: 'diversity', userId, day, arm, modelVersion: 1, shownAtSeconds },
      });
      const isHit = user % 2 === 0 ? user % 4 === 0 : user % 10 !== 1;
      await manager.query(
        'INSERT INTO rating (userId, movieId, halfStars, ratedAtSeconds) VALUES (?, 10, ?, ?)',
        [userId, isHit ? 8 : 3, shownAtSeconds + 2 * DAY],
      );
    }
  });
  await database.close();
});
afterAll(() => rmSync(home, { recursive: true }));

it('reports rates with intervals, and decides once there are enough users', async () => {
  const { stdout } = await runTrainer(['experiment', 'diversity', '--json'], env(0.2));
  expect(JSON.parse(stdout)).toEqual([
    {
      experiment: 'diversity',
      startedAt: new Date((now - 20 * DAY) * 1000).toISOString(),
      usersNeeded: 93,
      daysMissing: 0,
      isUneven: false,
      numSwitched: 0,
      arms: [
        {
          ...{ name: 'control', share: 0.5, users: 200, finished: 200, hits: 100, usersMissing: 0 },
          rate: { mean: 0.5, low: expect.closeTo(0.4314, 3), high: expect.closeTo(0.5686, 3) },
          difference: null,
          verdict: null,
        },
        {
          ...{ name: 'diverse', share: 0.5, users: 200, finished: 200, hits: 160, usersMissing: 0 },
          rate: { mean: 0.8, low: expect.closeTo(0.739, 3), high: expect.closeTo(0.8495, 3) },
          difference: {
            mean: expect.closeTo(0.3),
            low: expect.closeTo(0.2084, 2),
            high: expect.closeTo(0.3845, 2),
          },
          verdict: 'better',
        },
      ],
    },
  ]);
});

it('says how long to go on, for each experiment', async () => {
  const { stdout } = await runTrainer(['experiment'], env(0.02));
  // 9,806 in each arm at 10 a day, and 7 days until the last of them is finished.
  expect(stdout).toMatch(
    /diverse +50\.0 % +200 +200 +80\.0 % \[73\.9 %, 8[45]\.\d %\] +30\.0 % \[.*\] +running/,
  );
  expect(stdout).toMatch(/Each arm needs 9806 finished users; 9606 are missing at most, about 968 days\./);
  expect(stdout).toMatch(/not-begun: nobody was shown a list yet/);
  expect(stdout).toMatch(/and none come/);
});

it('names the experiments that there are', async () => {
  await expect(runTrainer(['experiment', 'colour'], env(0.02))).rejects.toThrow(
    'EXPERIMENTS has no colour; it has diversity, not-begun',
  );
  await expect(runTrainer(['experiment'], { ...env(0.02), EXPERIMENTS: '' })).rejects.toThrow(
    'EXPERIMENTS sets none',
  );
});
