import { beforeAll, expect, it } from '@jest/globals';
import { silentLogger } from '../test/api.ts';
import { makeApp } from '../test/apps.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { deleteOldEvents, sweepOldEvents } from './eventRetention.ts';

const LONG_AGO = 1_000;
const LATELY = 2_000;
const KINDS = ['rating', 'like', 'dismiss', 'view', 'impression', 'click'] as const;
/** More than are looked at in one statement. */
const MANY = 1_200;

describeOnEveryDatabase('events that were kept long enough', (database) => {
  const keyBudget = { burst: 1, perSecond: 1 };
  const apps: string[] = [];
  beforeAll(async () => {
    await fillDatabase(database(), makeFixture());
    for (const name of ['One', 'Two'])
      apps.push((await makeApp({ database: database(), logger: silentLogger, keyBudget }, { name })).appId);
  });

  const insert = (appId: string, eventId: string, kind: string, at: number) =>
    database().dataSource.query(
      `INSERT INTO app_event (appId, eventId, userId, movieId, kind, value, occurredAtSeconds, receivedAtSeconds, place)
       VALUES (?, ?, 1000000001, 1, ?, NULL, 500, ?, 0)`,
      [appId, eventId, kind, at],
    );
  const kept = () =>
    database().dataSource.query<{ kind: string; receivedAtSeconds: number }[]>(
      'SELECT kind, receivedAtSeconds FROM app_event ORDER BY appId, eventId',
    );

  it('go where nothing follows from them, by when they came; all others stay', async () => {
    for (const appId of apps)
      for (const kind of KINDS)
        for (const at of [LONG_AGO, LATELY]) await insert(appId, `${kind} ${at}`, kind, at);
    expect(await deleteOldEvents(database(), LATELY)).toBe(2 * 2);
    const left = await kept();
    expect(left).toHaveLength(2 * (2 * KINDS.length - 2));
    for (const { kind, receivedAtSeconds } of left)
      if (kind === 'impression' || kind === 'click') expect(receivedAtSeconds).toBe(LATELY);
    expect(await deleteOldEvents(database(), LATELY)).toBe(0);
  });

  it('are looked for by one server at a time', async () => {
    const options = { database: database(), days: 1, logger: silentLogger };
    const [appId = ''] = apps;
    await insert(appId, 'swept', 'click', LONG_AGO);
    expect(await sweepOldEvents(options)).toBeGreaterThan(0);
    expect(await sweepOldEvents(options)).toBeNull();
  });

  it('go page by page, and not on once it is ended', async () => {
    const [appId = ''] = apps;
    const before = (await kept()).length;
    await database().transaction(async (manager) => {
      for (let start = 0; start < MANY; start += 200)
        await manager.query(
          `INSERT INTO app_event (appId, eventId, userId, movieId, kind, value, occurredAtSeconds, receivedAtSeconds, place)
           VALUES ${Array.from({ length: 200 }, (_, at) => `('${appId}', 'z${start + at}', 1000000001, 1, 'impression', NULL, 500, ${LONG_AGO}, 0)`).join(', ')}`,
        );
    });
    // In whatever order apps come.
    let pages = 0;
    const some = await deleteOldEvents(database(), LATELY, () => pages++ > 1);
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(MANY);
    expect(await deleteOldEvents(database(), LATELY)).toBe(MANY - some);
    expect(await kept()).toHaveLength(before);
  });
});
