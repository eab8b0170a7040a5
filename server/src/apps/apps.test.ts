import { beforeAll, describe, expect, it } from '@jest/globals';
import { TABLE_NAMES } from '@pocketrocket/schema/database';
import { giveRole } from '../accounts/roles.ts';
import { createSqlite, describeOnEveryDatabase } from '../test/databases.ts';
import { makeApp } from '../test/apps.ts';
import { silentLogger, TestApi } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { ApiKeys, MAX_WRONG_KEYS } from './apiKeys.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { token } }';
const UPSERT =
  'mutation ($users: [AppUserInput!]!) { upsertUsers(users: $users) { createdCount updatedCount } }';
const DELETE =
  'mutation ($ids: [String!]!) { deleteUsers(externalIds: $ids) { deletedCount unknownExternalIds } }';
const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  secret key { keyId name scopes perSecond burst expiresAt lastUsedAt revokedAt app { name } }
} }`;
const ROTATE =
  'mutation ($keyId: ID!, $overlap: Int!) { rotateApiKey(keyId: $keyId, overlapSeconds: $overlap) { secret } }';
const REVOKE = 'mutation ($keyId: ID!) { revokeApiKey(keyId: $keyId) { revokedAt } }';

describeOnEveryDatabase('apps', (database) => {
  let api: TestApi;
  let admin: string;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
    const input = { name: 'Ada', email: 'ada@example.org', password: 'correct horse' };
    admin = (await api.query<{ signUp: { token: string } }>(SIGN_UP, { input })).signUp.token;
    await giveRole(database(), silentLogger, { email: input.email, role: 'admin', changedBy: 'test' });
  });

  /** Another thread or server, which has kept nothing; with a time of its own. */
  const keysElsewhere = (clock?: () => number) =>
    new ApiKeys({
      database: database(),
      counters: api.deps.auth.counters,
      logger: silentLogger,
      ...(clock && { clock }),
    });
  const access = (text: string, keys = keysElsewhere()) => keys.accessOf(text, '192.0.2.1');
  const upsert = (users: object[], token: string) => api.run<unknown>(UPSERT, { users }, token);

  it('are made by administrators, with keys whose secret nobody can read again', async () => {
    const { createApp } = await api.query<{ createApp: { appId: string } }>(
      'mutation { createApp(input: { name: "Films at home" }) { appId name sharesUsers userCount keys { keyId } } }',
      {},
      admin,
    );
    expect(createApp).toMatchObject({ name: 'Films at home', sharesUsers: false, userCount: 0, keys: [] });
    const input = { appId: createApp.appId, name: 'production', scopes: ['WRITE_EVENTS', 'READ'] };
    const { createApiKey: made } = await api.query<{
      createApiKey: { secret: string; key: { keyId: string } };
    }>(CREATE_KEY, { input }, admin);
    expect(made).toEqual({
      secret: expect.stringMatching(new RegExp(`^pr_${made.key.keyId}_[\\w-]{43}$`)),
      key: {
        keyId: expect.stringMatching(/^[0-9a-f]{16}$/),
        name: 'production',
        scopes: ['READ', 'WRITE_EVENTS'],
        perSecond: 5_000,
        burst: 20_000,
        expiresAt: null,
        lastUsedAt: null,
        revokedAt: null,
        app: { name: 'Films at home' },
      },
    });
    const stored = JSON.stringify(await database().dataSource.query('SELECT * FROM api_key'));
    expect(stored).toContain(made.key.keyId);
    expect(stored).not.toContain(made.secret.slice(-43));
    expect(await access(made.secret)).toMatchObject({ appId: createApp.appId, keyId: made.key.keyId });
  });

  it('are nobody else’s to make: neither an account’s nor a key’s without the scope', async () => {
    const app = await makeApp(api.deps);
    const query = 'mutation { createApp(input: { name: "No" }) { appId } }';
    expect((await api.run(query)).errors[0]).toMatch(/^UNAUTHENTICATED/);
    const key = await app.key('read', 'recommend', 'write:events', 'write:catalogue');
    expect((await api.run(query, {}, key)).errors[0]).toMatch(
      /^FORBIDDEN: this needs an API key with the scope admin/,
    );
    expect((await api.run(query, {}, await app.key('admin'))).errors).toEqual([]);
  });

  it.each([
    [{ scopes: [] }, /^BAD_USER_INPUT: give at least one scope/],
    [{ name: '' }, /^BAD_USER_INPUT: name must have 1 to 100 characters/],
    [{ perSecond: 0 }, /^BAD_USER_INPUT: perSecond must be/],
    [{ burst: 10 }, /^BAD_USER_INPUT: burst must be/],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, /^BAD_USER_INPUT: expiresAt must be in the future/],
    [{ appId: 'nobody' }, /^NOT_FOUND: there is no app nobody/],
  ])('refuse a key with %j', async (more, message) => {
    const { appId } = await makeApp(api.deps);
    const input = { appId, name: 'test', scopes: ['READ'], ...more };
    expect((await api.run(CREATE_KEY, { input }, admin)).errors[0]).toMatch(message);
  });

  it('end a key: revoked, expired, rotated with an overlap', async () => {
    const app = await makeApp(api.deps);
    const { keyId, secret } = await app.makeKey({});
    const rotate = async (overlap: number) =>
      (await api.query<{ rotateApiKey: { secret: string } }>(ROTATE, { keyId, overlap }, admin)).rotateApiKey
        .secret;
    const second = await rotate(60);
    expect(second).not.toBe(secret);
    for (const one of [secret, second]) expect((await access(one)).keyId).toBe(keyId);
    const later = () => Math.floor(Date.now() / 1000) + 61;
    await expect(access(secret, keysElsewhere(later))).rejects.toThrow(/not valid/);
    expect((await access(second, keysElsewhere(later))).keyId).toBe(keyId);
    const third = await rotate(0);
    await expect(access(second)).rejects.toThrow(/not valid/);
    expect((await access(third)).keyId).toBe(keyId);

    await api.query(REVOKE, { keyId }, admin);
    await expect(access(third)).rejects.toThrow('this API key has been revoked');
    expect((await api.run(ROTATE, { keyId, overlap: 0 }, admin)).errors[0]).toMatch(/has been revoked/);
    expect((await api.run(UPSERT, { users: [] }, third)).errors[0]).toMatch(
      /^UNAUTHENTICATED: this API key has been revoked/,
    );

    const brief = await app.makeKey({ expiresAt: new Date(Date.now() + 60_000) });
    expect((await access(brief.secret)).keyId).toBe(brief.keyId);
    await expect(access(brief.secret, keysElsewhere(later))).rejects.toThrow(/has expired/);
  });

  it('note the last use of a key, a minute apart', async () => {
    const app = await makeApp(api.deps);
    const { keyId, secret } = await app.makeKey({});
    let now = 2_000_000_000;
    const lastUse = async () => {
      await access(
        secret,
        keysElsewhere(() => now),
      );
      // Behind the write on its way.
      await database().transaction(async () => {});
      const [row] = await database().dataSource.query<{ lastUsedAtSeconds: number }[]>(
        'SELECT lastUsedAtSeconds FROM api_key WHERE keyId = ?',
        [keyId],
      );
      return row?.lastUsedAtSeconds;
    };
    for (let times = 0; times < 50 && (await lastUse()) !== now; times++);
    expect(await lastUse()).toBe(now);
    now += 30;
    expect(await lastUse()).toBe(now - 30);
    now += 31;
    for (let times = 0; times < 50 && (await lastUse()) !== now; times++);
    expect(await lastUse()).toBe(now);
  });

  it('say of whatever is no key that it is none, also to fields that need none', async () => {
    const app = await makeApp(api.deps);
    const key = await app.key('read');
    for (const wrong of [
      `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`,
      'pr_',
      `pr_${'0'.repeat(16)}_${'x'.repeat(43)}`,
    ]) {
      expect((await upsert([], wrong)).errors).toEqual([
        expect.stringMatching(/^UNAUTHENTICATED: this API key is not valid/),
      ]);
      expect(await api.query('{ movie(movieId: 1) { movieId } viewer { name } }', {}, wrong)).toEqual({
        movie: { movieId: 1 },
        viewer: null,
      });
    }
    expect((await upsert([], key)).errors).toEqual([
      expect.stringMatching(/^FORBIDDEN: this needs an API key with the scope write:events; yours has read/),
    ]);
    expect((await upsert([], admin)).errors).toEqual([
      expect.stringMatching(/^UNAUTHENTICATED: send an API key with the scope write:events/),
    ]);
  });

  it('write users: new ones are made, names are changed, and nothing else', async () => {
    const token = await (await makeApp(api.deps)).key('write:events', 'read');
    const users = [
      { externalId: 'ann', name: 'Ann' },
      { externalId: 'bob' },
      { externalId: 'ann', name: 'Anna' },
    ];
    expect((await upsert(users, token)).data).toEqual({ upsertUsers: { createdCount: 2, updatedCount: 0 } });
    expect((await upsert([{ externalId: 'ann' }, { externalId: 'Ann' }], token)).data).toEqual({
      upsertUsers: { createdCount: 1, updatedCount: 1 },
    });
    const ask = (externalId: string) =>
      api.query(
        'query ($id: String) { user(externalId: $id) { name externalId } }',
        { id: externalId },
        token,
      );
    expect(await ask('ann')).toEqual({ user: { name: 'Anna', externalId: 'ann' } });
    expect(await ask('bob')).toEqual({
      user: { name: expect.stringMatching(/^User 12\d{8}$/), externalId: 'bob' },
    });
    for (const [bad, reason] of [
      [{ externalId: '' }, /externalId must have 1 to 200/],
      [{ externalId: 'x'.repeat(201) }, /externalId must have 1 to 200/],
      [{ externalId: 'z', name: '\u202Eevil' }, /invisible/],
    ] as const)
      expect((await upsert([{ externalId: 'kim' }, bad], token)).errors[0]).toMatch(reason);
    expect(await ask('kim')).toEqual({ user: null });
    const tooMany = Array.from({ length: 501 }, (_, place) => ({ externalId: `u${place}` }));
    expect((await upsert(tooMany, token)).errors[0]).toMatch(/users may have 500 entries/);
    expect((await upsert(tooMany.slice(1), token)).errors).toEqual([]);
  });

  it('make users at once, each one once', async () => {
    const apps = await Promise.all([makeApp(api.deps), makeApp(api.deps)]);
    const tokens = await Promise.all(apps.map((app) => app.key('write:events')));
    const users = Array.from({ length: 40 }, (_, place) => ({ externalId: `same-${place}` }));
    const answers = await Promise.all(
      [...tokens, ...tokens].map(
        async (token) => (await upsert(users, token)) as { data: { upsertUsers: { createdCount: number } } },
      ),
    );
    expect(answers.reduce((sum, { data }) => sum + data.upsertUsers.createdCount, 0)).toBe(80);
  });

  it('delete users with all that is stored of them, and leave their numbers to nobody', async () => {
    const app = await makeApp(api.deps);
    const token = await app.key('read', 'recommend', 'write:events');
    const events = [1, 2, 3, 9].map((movieId) => ({
      ...{ eventId: `gone-${movieId}`, userExternalId: 'gone@example.org', movieId },
      kind: movieId === 9 ? 'DISMISS' : 'LIKE',
    }));
    await upsert([{ externalId: 'gone@example.org', name: 'Gone Away' }, { externalId: 'stays' }], token);
    await api.query(
      'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { storedCount } }',
      { events },
      token,
    );
    const [{ userId }] = await database().dataSource.query<[{ userId: number }]>(
      "SELECT userId FROM app_user WHERE externalId = 'gone@example.org'",
    );
    const tablesWith = async (value: string | number) => {
      const found = [];
      for (const table of TABLE_NAMES) {
        const all = await database().dataSource.query<Record<string, unknown>[]>(
          `SELECT * FROM ${table === 'user' ? '`user`' : table}`,
        );
        if (all.some((row) => Object.values(row).includes(value))) found.push(table);
      }
      return found.sort();
    };
    expect(await tablesWith(userId)).toEqual(['app_event', 'app_rating', 'app_user', 'dismissed_movie']);
    const forgotten: number[] = [];
    api.deps.erasures.onErase((erased) => forgotten.push(erased));
    expect(await api.query(DELETE, { ids: ['gone@example.org', 'nobody'] }, token)).toEqual({
      deleteUsers: { deletedCount: 1, unknownExternalIds: ['nobody'] },
    });
    expect(await tablesWith(userId)).toEqual(['erased_account']);
    for (const value of ['gone@example.org', 'Gone Away', 'gone-1'])
      expect(await tablesWith(value)).toEqual([]);
    expect(forgotten).toContain(userId);
    await upsert([{ externalId: 'gone@example.org' }], token);
    const [again] = await database().dataSource.query<{ userId: number }[]>(
      "SELECT userId FROM app_user WHERE externalId = 'gone@example.org'",
    );
    expect(again?.userId).toBeGreaterThan(userId);
    // Accounts are numbered apart.
    const input = { name: 'Late', email: `late${userId}@example.org`, password: 'correct horse' };
    await api.query(SIGN_UP, { input });
    const [account] = await database().dataSource.query<{ last: number }[]>(
      'SELECT MAX(userId) AS last FROM account',
    );
    expect(account?.last).toBeLessThan(1_250_000_000);
  });

  it("are deleted with their keys, users and events; their films stay, and are everybody's", async () => {
    const app = await makeApp(api.deps);
    const token = await app.key('write:events', 'write:catalogue', 'read');
    const { upsertMovies } = await api.query<{ upsertMovies: { movies: { movieId: number }[] } }>(
      'mutation ($movies: [MovieInput!]!) { upsertMovies(movies: $movies) { movies { movieId } } }',
      { movies: [{ externalId: 'left', title: 'Left Behind', genres: ['Drama'] }] },
      token,
    );
    const [left] = upsertMovies.movies;
    const users = Array.from({ length: 500 }, (_, place) => ({ externalId: `d${place}` }));
    await upsert(users, token);
    await upsert([{ externalId: 'one more' }], token);
    const query = 'mutation ($appId: ID!) { deleteApp(appId: $appId) }';
    expect((await api.run(query, { appId: app.appId }, token)).errors[0]).toMatch(/^FORBIDDEN/);
    expect(await api.query(query, { appId: app.appId }, admin)).toEqual({ deleteApp: true });
    for (const table of ['app', 'api_key', 'app_user', 'app_event'])
      expect(
        await database().dataSource.query(`SELECT appId FROM ${table} WHERE appId = ?`, [app.appId]),
      ).toEqual([]);
    await expect(access(token)).rejects.toThrow(/not valid/);
    expect(await api.query(`{ movie(movieId: ${left?.movieId}) { title } }`)).toEqual({
      movie: { title: 'Left Behind' },
    });
    expect((await api.run(query, { appId: app.appId }, admin)).errors[0]).toMatch(
      /^NOT_FOUND: there is no app/,
    );
  });
});

describe('guessing keys', () => {
  it('is limited by address, which keeps out nobody who is known there', async () => {
    const opened = await createSqlite('node-sqlite');
    await fillDatabase(opened.database, fixture);
    const api = await TestApi.open(opened.database, model);
    const app = await makeApp(api.deps);
    const [known, other] = [await app.key('read'), await app.key('read')];
    const keys = () =>
      new ApiKeys({ database: opened.database, counters: api.deps.auth.counters, logger: silentLogger });
    const busy = keys();
    await busy.accessOf(known, '192.0.2.9');
    const guess = () => busy.accessOf(`pr_${'0'.repeat(16)}_${'x'.repeat(43)}`, '192.0.2.9');
    for (let times = 0; times < MAX_WRONG_KEYS; times++) await expect(guess()).rejects.toThrow(/not valid/);
    await expect(guess()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(busy.accessOf(other, '192.0.2.9')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect((await busy.accessOf(other, '192.0.2.10')).appId).toBe(app.appId);
    busy.forget(known.split('_')[1] ?? '');
    expect((await busy.accessOf(known, '192.0.2.9')).appId).toBe(app.appId);
    await opened.drop();
  });
});
