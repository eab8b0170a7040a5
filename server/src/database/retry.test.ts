import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dialectOf, RatingEntity } from '@pocketrocket/schema/database';
import { QueryFailedError } from 'typeorm';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture, USER_WITHOUT_RATINGS } from '../test/fixture.ts';
import { writeRating } from '../ratings/ratingWrites.ts';
import { writeInTransaction } from './retry.ts';

describeOnEveryDatabase('a transaction past its deadline', (database) => {
  const change = { userId: USER_WITHOUT_RATINGS, movieId: 1, halfStars: 7, atSeconds: 1_700_000_000 };
  const numRatings = () => database().dataSource.manager.countBy(RatingEntity, { userId: change.userId });
  beforeAll(() => fillDatabase(database(), makeFixture()));

  it('is undone, or not begun', async () => {
    const deadline = { ...NO_DEADLINE, isMissed: false };
    const late = writeInTransaction(database(), deadline, async (manager) => {
      const written = await writeRating(manager, change);
      deadline.isMissed = true;
      return written;
    });
    await expect(late).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    const later = writeInTransaction(database(), deadline, (manager) => writeRating(manager, change));
    await expect(later).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await numRatings()).toBe(0);

    deadline.isMissed = false;
    await writeInTransaction(database(), deadline, (manager) => writeRating(manager, change));
    expect(await numRatings()).toBe(1);
  });
});

describe('a transaction that loses a race', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  /** A database in which the first transactions lose. @returns it and when each was begun */
  function losing(numLost: number, code: string) {
    const begunAt: number[] = [];
    const lost = new QueryFailedError('UPDATE', [], Object.assign(new Error('lost'), { code }));
    const transaction = async <T>(): Promise<T> => {
      begunAt.push(Date.now());
      if (begunAt.length <= numLost) throw lost;
      return 'written' as T;
    };
    return { database: { transaction, dialect: dialectOf('mysql://localhost/any') }, begunAt };
  }

  it('pauses before each of its new tries, longer each time', async () => {
    const { database, begunAt } = losing(4, 'ER_LOCK_DEADLOCK');
    const written = writeInTransaction(database, NO_DEADLINE, () => Promise.resolve());
    await jest.advanceTimersByTimeAsync(0);
    expect(begunAt).toHaveLength(1);
    await jest.runAllTimersAsync();
    expect(await written).toBe('written');
    const pauses = begunAt.slice(1).map((at, retry) => at - (begunAt[retry] ?? 0));
    expect(pauses).toHaveLength(4);
    expect(Math.min(...pauses)).toBeGreaterThan(0);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  });

  it('gives up after five tries, and at once where it lost none', async () => {
    for (const [code, tries] of [
      ['ER_DUP_ENTRY', 5],
      ['ER_NO_SUCH_TABLE', 1],
    ] as const) {
      const { database, begunAt } = losing(9, code);
      const failed = expect(
        writeInTransaction(database, NO_DEADLINE, () => Promise.resolve()),
      ).rejects.toThrow('lost');
      await jest.runAllTimersAsync();
      await failed;
      expect(begunAt).toHaveLength(tries);
    }
  });
});
