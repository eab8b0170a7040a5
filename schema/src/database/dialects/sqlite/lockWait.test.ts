import { afterEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { holdSqliteLock, makeTestRoom, type TestRoom } from '@pocketrocket/testing';
import { asUnavailable, GenreEntity, openDatabase, type Database } from '../../index.ts';
import { sqlitePath } from './url.ts';

for (const engine of ['node-sqlite', 'node-sqlite3-wasm'] as const) {
  describe(`while another process holds the lock on ${engine}`, () => {
    let room: TestRoom | undefined;
    let database: Database | undefined;
    const open = async (statementTimeoutMs?: number) => {
      room = await makeTestRoom(engine);
      return (database = await openDatabase({ ...room.options, statementTimeoutMs }));
    };
    const hold = () => holdSqliteLock(engine, sqlitePath(room?.options.url ?? ''));
    /** Tells when a promise has settled. */
    const watch = <Result>(promise: Promise<Result>) => {
      const watched = { promise, isSettled: false };
      const settle = () => void (watched.isSettled = true);
      promise.then(settle, settle);
      return watched;
    };
    const insert = (into: Database, genreId: number) =>
      into.transaction((manager) =>
        manager.insert(GenreEntity, { genreId, name: `Genre ${genreId}`, movieCount: 0 }),
      );
    afterEach(async () => {
      await database?.close();
      await room?.drop();
      database = room = undefined;
    });

    it('transactions and single writes wait and succeed, and the thread stays free', async () => {
      const opened = await open();
      const { release } = await hold();
      const genres = opened.dataSource.getRepository(GenreEntity);
      const writes = [
        insert(opened, 1),
        insert(opened, 2),
        genres.insert({ genreId: 3, name: 'Genre 3', movieCount: 0 }),
      ].map(watch);
      // Others have their turns: no statement waits in the thread.
      for (let turns = 0; turns < 1_000; turns++) await turn();
      expect(await opened.dataSource.query('PRAGMA busy_timeout')).toEqual([{ timeout: 0 }]);
      await wait(300);
      expect(writes.map(({ isSettled }) => isSettled)).toEqual([false, false, false]);
      await release();
      await Promise.all(writes.map(({ promise }) => promise));
      expect(await genres.count()).toBe(3);
    });

    it('they fail as unavailable once their time is up, each counted from when it was asked for', async () => {
      const opened = await open(1_000);
      const { release } = await hold();
      const startedAt = performance.now();
      // One after the other they would take four times as long. A stall of this process delays the timer, too.
      const isLate = watch(wait(1_500));
      const results = await Promise.allSettled([1, 2, 3, 4].map((genreId) => insert(opened, genreId)));
      expect(isLate.isSettled).toBe(false);
      expect(performance.now() - startedAt).toBeGreaterThan(700);
      for (const result of results)
        expect(asUnavailable(result.status === 'rejected' ? result.reason : null)).toMatchObject({
          code: 'UPSTREAM_UNAVAILABLE',
          message: expect.stringContaining('another process is writing'),
        });
      expect(opened.dataSource.createQueryRunner().isTransactionActive).toBe(false);
      await release();
      await insert(opened, 5);
      expect(await opened.dataSource.getRepository(GenreEntity).find()).toMatchObject([{ genreId: 5 }]);
    });

    it('reads answer: at once from a write-ahead log, else when the other has finished', async () => {
      const opened = await open();
      await insert(opened, 1);
      const { release } = await hold();
      const count = watch(opened.dataSource.getRepository(GenreEntity).count());
      if (engine === 'node-sqlite') expect(await count.promise).toBe(1);
      await wait(500);
      expect(count.isSettled).toBe(engine === 'node-sqlite');
      await release();
      expect(await count.promise).toBe(1);
    });
  });
}
