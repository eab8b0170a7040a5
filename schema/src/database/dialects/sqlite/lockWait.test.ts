import { afterEach, describe, expect, it } from '@jest/globals';
import { monitorEventLoopDelay } from 'node:perf_hooks';
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
    const hold = (holdMs: number) => holdSqliteLock(engine, sqlitePath(room?.options.url ?? ''), holdMs);
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
      const { released } = await hold(1_500);
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const startedAt = performance.now();
      const genres = opened.dataSource.getRepository(GenreEntity);
      await Promise.all([
        insert(opened, 1),
        insert(opened, 2),
        genres.insert({ genreId: 3, name: 'Genre 3', movieCount: 0 }),
      ]);
      delay.disable();
      expect(performance.now() - startedAt).toBeGreaterThan(1_000);
      expect(delay.max / 1e6).toBeLessThan(500);
      await released;
      expect(await genres.count()).toBe(3);
    });

    it('they fail as unavailable once their time is up, each counted from when it was asked for', async () => {
      const opened = await open(1_000);
      const { released } = await hold(3_000);
      const startedAt = performance.now();
      const results = await Promise.allSettled([1, 2, 3, 4].map((genreId) => insert(opened, genreId)));
      expect(performance.now() - startedAt).toBeGreaterThan(700);
      expect(performance.now() - startedAt).toBeLessThan(1_500);
      for (const result of results)
        expect(asUnavailable(result.status === 'rejected' ? result.reason : null)).toMatchObject({
          code: 'UPSTREAM_UNAVAILABLE',
          message: expect.stringContaining('another process is writing'),
        });
      expect(opened.dataSource.createQueryRunner().isTransactionActive).toBe(false);
      await released;
      await insert(opened, 5);
      expect(await opened.dataSource.getRepository(GenreEntity).find()).toMatchObject([{ genreId: 5 }]);
    });

    it('reads answer: at once from a write-ahead log, else when the other has finished', async () => {
      const opened = await open();
      await insert(opened, 1);
      const { released } = await hold(1_000);
      const startedAt = performance.now();
      expect(await opened.dataSource.getRepository(GenreEntity).count()).toBe(1);
      const waitedMs = performance.now() - startedAt;
      if (engine === 'node-sqlite') expect(waitedMs).toBeLessThan(200);
      else expect(waitedMs).toBeGreaterThan(500);
      await released;
    });
  });
}
