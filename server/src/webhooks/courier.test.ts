import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LeaseEntity, WebhookDeliveryEntity, WebhookEntity } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { silentLogger } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { Courier, GIVE_UP_SECONDS, pauseSeconds, type Publication } from './courier.ts';
import { addToOutbox } from './outbox.ts';
import { createWebhook, deleteWebhook, listWebhooks } from './webhookRepository.ts';
import { createWebhookAgent } from './webhookAgent.ts';

const rules = { allowsHttp: true, allowedHosts: ['127.0.0.1'] };

it('waits longer after each failure, up to an hour, with jitter', () => {
  expect([1, 2, 3, 8, 9, 10, 30].map((attempts) => pauseSeconds(attempts, 1))).toEqual([
    10, 20, 40, 1_280, 2_560, 3_600, 3_600,
  ]);
  expect(pauseSeconds(3, 0)).toBe(20);
});

describeOnEveryDatabase('the outbox of webhooks', (database) => {
  let server: Server;
  let url: string;
  let statuses: Record<string, number>;
  let taken: { path: string; body: { deliveryId: string; event: string; data: object } }[];
  let now: number;
  let published: Publication | null;
  const couriers: Courier[] = [];

  beforeEach(async () => {
    for (const entity of [WebhookDeliveryEntity, WebhookEntity, LeaseEntity])
      await database().dataSource.getRepository(entity).clear();
    statuses = {};
    taken = [];
    now = Math.floor(Date.now() / 1000);
    published = null;
    server = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk: Buffer) => (body += chunk.toString()));
      req.on('end', () => {
        const path = req.url ?? '';
        taken.push({ path, body: JSON.parse(body) as never });
        const status = statuses[path] ?? 200;
        if (status > 0) res.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await Promise.all(couriers.splice(0).map((courier) => courier.close()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const courier = () => {
    const one = new Courier({
      database: database(),
      dispatcher: createWebhookAgent(rules),
      published: async () => published,
      logger: silentLogger,
      // What is written is written by the real clock.
      nowSeconds: () => (now = Math.max(now, Math.floor(Date.now() / 1000))),
      random: () => 1,
    });
    couriers.push(one);
    return one;
  };
  const work = async (one: Courier) => {
    await one.look();
    await one.settled();
  };
  const make = async (path: string, events: ('model.published' | 'user.deleted')[] = ['user.deleted']) =>
    (await createWebhook(database(), { url: `${url}${path}`, events }, { rules, deadline: NO_DEADLINE }))
      .webhook.webhookId;
  const add = (userId: number) =>
    database().transaction((manager) => addToOutbox(manager, 'user.deleted', { userId }));
  const users = (path: string) =>
    taken.filter((one) => one.path === path).map(({ body }) => (body.data as { userId: number }).userId);
  const rows = () =>
    database()
      .dataSource.getRepository(WebhookDeliveryEntity)
      .find({ order: { createdAtSeconds: 'ASC' } });

  it('holds an event for each webhook that is told of it, and only of what is committed', async () => {
    await make('/a');
    await make('/b', ['model.published', 'user.deleted']);
    await make('/c', ['model.published']);
    expect(await add(1)).toBe(2);
    await expect(
      database().transaction(async (manager) => {
        await addToOutbox(manager, 'user.deleted', { userId: 2 });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    const one = courier();
    await work(one);
    expect(taken.map(({ path }) => path).sort()).toEqual(['/a', '/b']);
    expect(users('/a')).toEqual([1]);
    await work(one);
    expect(taken).toHaveLength(2);
    const told = (await listWebhooks(database())).map(({ url: of, pendingCount, failedCount, last }) => [
      new URL(of).pathname,
      ...[pendingCount, failedCount, last?.status, last?.problem],
    ]);
    expect(told.sort()).toEqual([
      ['/a', 0, 0, 200, null],
      ['/b', 0, 0, 200, null],
      ['/c', 0, 0, undefined, undefined],
    ]);
  });

  it('tries again after growing pauses, with the same id, and gives up after a day', async () => {
    await make('/down');
    await add(1);
    statuses['/down'] = 500;
    const one = courier();
    const attemptsAt: number[] = [];
    const begun = now;
    while (now - begun < GIVE_UP_SECONDS + 7_200) {
      const before = taken.length;
      await work(one);
      if (taken.length > before) attemptsAt.push(now - begun);
      const [row] = await rows();
      if (row?.state !== 'pending') break;
      now = row.nextAttemptAtSeconds;
    }
    // The first is due in the second in which the database wrote it, which may be the next one.
    const [first = 0] = attemptsAt;
    expect(attemptsAt.slice(0, 5).map((at) => at - first)).toEqual([0, 10, 30, 70, 150]);
    expect(attemptsAt.length).toBeGreaterThan(20);
    expect(attemptsAt.at(-1)).toBeGreaterThanOrEqual(GIVE_UP_SECONDS);
    expect(attemptsAt.at(-1)).toBeLessThan(GIVE_UP_SECONDS + 3_601);
    expect(new Set(taken.map(({ body }) => body.deliveryId)).size).toBe(1);
    expect(await rows()).toMatchObject([{ state: 'failed', status: 500, problem: 'it answered 500' }]);
    expect(await listWebhooks(database())).toMatchObject([{ failedCount: 1, pendingCount: 0 }]);
  });

  it('goes on where another process was killed, and loses nothing', async () => {
    await make('/hook');
    await add(1);
    await add(2);
    // Holds the lease and ends without a word.
    const killed = courier();
    statuses['/hook'] = 503;
    await work(killed);
    couriers.splice(0);
    const next = courier();
    statuses['/hook'] = 200;
    now += 30;
    await work(next);
    // The lease stands in the database's time, which goes on by itself.
    expect(taken).toHaveLength(1);
    await database()
      .dataSource.getRepository(LeaseEntity)
      .update({ name: 'webhooks' }, { expiresAtSeconds: 0 });
    await work(next);
    await work(next);
    expect([...new Set(users('/hook'))].sort()).toEqual([1, 2]);
    expect((await rows()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    await killed.close();
  });

  it('is emptied by one server of many', async () => {
    await make('/hook');
    for (let userId = 1; userId <= 20; userId++) await add(userId);
    const many = [courier(), courier(), courier(), courier()];
    await Promise.all(many.map(work));
    await Promise.all(many.map(work));
    expect(users('/hook').sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('is not held up by a receiver that never answers', async () => {
    await make('/silent');
    await make('/fast');
    statuses['/silent'] = 0;
    await add(1);
    const one = courier();
    await one.look();
    // Before each has read what is due to it, the second could be sent first: ids of one second are random.
    await until('each is sent the first', () => taken.length === 2);
    await add(2);
    await until('the fast one has both', async () => {
      await one.look();
      return (await rows()).filter(({ state }) => state === 'delivered').length === 2;
    });
    expect(users('/fast').sort()).toEqual([1, 2]);
    expect(users('/silent')).toEqual([1]);
    await one.close();
    expect((await rows()).filter(({ state }) => state === 'pending')).toHaveLength(2);
  });

  it('tells of each publication once, whoever publishes, and not of those before the webhook', async () => {
    const at = (seconds: number) => new Date((now + seconds) * 1000).toISOString();
    published = { version: 3, changedAt: at(-100) };
    await make('/hook', ['model.published']);
    const [one, other] = [courier(), courier()];
    await work(one);
    expect(taken).toEqual([]);
    published = { version: 4, changedAt: at(10) };
    await work(one);
    await work(other);
    await work(one);
    // Old versions were removed, which changes the pointer and nothing else.
    published = { version: 4, changedAt: at(20) };
    await work(one);
    // A server that has not seen it yet.
    published = { version: 3, changedAt: at(-100) };
    await work(one);
    published = { version: 3, changedAt: at(30) };
    await work(one);
    expect(taken.map(({ body }) => [body.event, (body.data as { version: string }).version])).toEqual([
      ['model.published', '4'],
      ['model.published', '3'],
    ]);
  });

  it('forgets what waits for a webhook that is deleted, and what was delivered a week ago', async () => {
    const webhookId = await make('/gone');
    await add(1);
    await deleteWebhook(database(), webhookId, NO_DEADLINE);
    expect(await rows()).toEqual([]);
    await expect(deleteWebhook(database(), webhookId, NO_DEADLINE)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await make('/kept');
    await add(2);
    const one = courier();
    await work(one);
    now += 8 * 86_400;
    await work(one);
    expect(await rows()).toEqual([]);
  });

  describe('its webhooks', () => {
    it('are bounded in number, and need an event', async () => {
      for (let at = 0; at < 20; at++) await make(`/${at}`);
      await expect(make('/more')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      await expect(make('/more', [])).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    });
  });
});
