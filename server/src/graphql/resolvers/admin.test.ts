import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { publishArtifact, publishVersion } from '@pocketrocket/model/artifact';
import {
  DataImportEntity,
  MovieExternalIdEntity,
  WebhookDeliveryEntity,
} from '@pocketrocket/schema/database';
import { giveRole } from '../../accounts/roles.ts';
import { operatorsOf, silentLogger, TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';
import { toArtifact } from '../../test/publish.ts';

const fixture = makeFixture();
const model = makeModel(fixture);
const SIGN_UP =
  'mutation ($name: String!, $email: String!) { signUp(input: { name: $name, email: $email, password: "correct horse" }) { token user { userId } } }';

describeOnEveryDatabase('operators', (database) => {
  let modelDir: string;
  let api: TestApi;
  let admin: string;
  let user: string;

  beforeAll(async () => {
    modelDir = await mkdtemp(join(tmpdir(), 'operators-'));
    await fillDatabase(database(), fixture);
    const { draft, tensors } = toArtifact(model);
    for (let version = 1; version <= 3; version++) await publishArtifact(modelDir, draft, tensors);
    await publishVersion(modelDir, 1, new Date());
    await publishVersion(modelDir, 2, new Date());
    const plain = await TestApi.open(database(), model);
    const env = {
      MODEL_DIR: modelDir,
      WEBHOOKS_ALLOW_HTTP: 'true',
      WEBHOOKS_ALLOWED_HOSTS: 'hooks.internal',
    };
    api = await TestApi.open(database(), model, { operators: operatorsOf(plain.deps, env) });
    const enter = async (name: string) => {
      const entered = await api.query<{ signUp: { token: string } }>(SIGN_UP, {
        name,
        email: `${name}@example.org`,
      });
      return entered.signUp.token;
    };
    admin = await enter('boss_100%');
    user = await enter('ann');
    for (let at = 0; at < 5; at++) await enter(`other${at}`);
    await giveRole(database(), silentLogger, {
      email: 'boss_100%@example.org',
      role: 'admin',
      changedBy: 'root',
    });
  });
  afterAll(() => rm(modelDir, { recursive: true }));

  const ask = async <T>(selection: string) =>
    (await api.query<{ admin: T }>(`{ admin { ${selection} } }`, {}, admin)).admin;

  it('alone may ask and change', async () => {
    const documents = [
      '{ admin { health { isReady } } }',
      'mutation { publishModel(version: "1") { version } }',
      'mutation { rollbackModel { version } }',
      'mutation { createWebhook(input: { url: "https://1.1.1.1", events: [USER_DELETED] }) { secret } }',
      'mutation { deleteWebhook(webhookId: "x") }',
      'mutation { createExport(kind: USERS) { url } }',
      'mutation { setAccountRole(userId: 1, role: ADMIN) { role } }',
      'mutation { endSessions(userId: 1) { sessionCount } }',
      'mutation { deleteAccount(userId: 1) }',
    ];
    for (const document of documents) {
      expect((await api.run(document)).errors[0]).toMatch(/^UNAUTHENTICATED/);
      expect((await api.run(document, {}, user)).errors[0]).toMatch(/^FORBIDDEN/);
    }
    expect(await ask('webhooks { url }')).toEqual({ webhooks: [] });
  });

  it('see versions with what their metrics measure, and publish and roll back', async () => {
    const models = async () =>
      (await ask<{ models: { version: string; state: string }[] }>('models { version state }')).models.map(
        ({ version, state }) => `${version} ${state}`,
      );
    // Before anything was published all of them could serve.
    expect(await models()).toEqual(['3 EARLIER', '2 SERVED', '1 EARLIER']);
    const told = await ask<{ models: Record<string, unknown>[] }>(
      'models(first: 1) { protocol trainedAt recipe ratingCount userCount movieCount problem isServing gate { decision } metrics { name value baseline } }',
    );
    expect(told.models).toHaveLength(1);
    expect(told.models[0]).toMatchObject({
      protocol: expect.stringMatching(/\.$/),
      ratingCount: model.manifest.counts.interactions,
      problem: null,
    });
    expect(await api.query('mutation { publishModel(version: "3") { version state } }', {}, admin)).toEqual({
      publishModel: { version: '3', state: 'SERVED' },
    });
    expect(await models()).toEqual(['3 SERVED', '2 EARLIER', '1 EARLIER']);
    expect(await api.query('mutation { rollbackModel { version } }', {}, admin)).toEqual({
      rollbackModel: { version: '2' },
    });
    expect(await models()).toEqual(['3 UNPUBLISHED', '2 SERVED', '1 EARLIER']);
    const refusal = async (version: string) =>
      (
        await api.run(
          'mutation ($v: String!) { publishModel(version: $v) { version } }',
          { v: version },
          admin,
        )
      ).errors[0];
    expect(await refusal('9')).toMatch(/^NOT_FOUND: there is no version 9/);
    for (const wrong of ['', '../../etc', '0', '1e3', '99999999999'])
      expect(await refusal(wrong)).toMatch(/^BAD_USER_INPUT: version must be/);
    expect((await api.run('{ admin { models(first: 0) { version } } }', {}, admin)).errors[0]).toMatch(
      /^BAD_USER_INPUT: first must be/,
    );
  });

  it('see training, health and budgets', async () => {
    await api.query('{ user(userId: 1) { recommendations(first: 10) { nodes { score } } } }');
    const told = await ask<{ health: Record<string, unknown>; budgets: unknown; training: unknown }>(
      `training { isRunning stage }
       health { isReady problems dataset modelVersion threadCount listCount degradedShare memoryBytes caches { name bytes } steps { step count meanMs } }
       budgets { isOn burst perSecond accountPerSecond maxCost isShared refusedCount clients { client } }`,
    );
    expect(told).toMatchObject({
      training: { isRunning: false, stage: null },
      health: {
        isReady: true,
        problems: [],
        dataset: fixture.name,
        threadCount: 1,
        modelVersion: String(model.version),
      },
      budgets: { isOn: true, burst: 20_000, perSecond: 1_000, isShared: false, clients: [] },
    });
    expect(told.health['listCount']).toBeGreaterThanOrEqual(1);
    expect(told.health['caches']).toContainEqual({ name: 'pinned lists', bytes: expect.any(Number) });
  });

  it('find accounts by parts of their addresses, page by page, and never a hash', async () => {
    const find = async (args: string) =>
      (
        await ask<{
          accounts: {
            nodes: { email: string }[];
            totalCount: number;
            pageInfo: { endCursor: string; hasNextPage: boolean };
          };
        }>(`accounts(${args}) { nodes { email } totalCount pageInfo { endCursor hasNextPage } }`)
      ).accounts;
    const emails = async (args: string) => (await find(args)).nodes.map(({ email }) => email);
    expect(await emails('first: 100')).toHaveLength(7);
    expect(await emails('first: 9, query: " OTHER"')).toHaveLength(5);
    // No patterns.
    expect(await emails('first: 9, query: "%"')).toEqual(['boss_100%@example.org']);
    expect(await emails('first: 9, query: "_"')).toEqual(['boss_100%@example.org']);
    expect(await emails(`first: 9, query: "' OR 1=1 --"`)).toEqual([]);
    const page = await find('first: 2, query: "other"');
    expect([page.totalCount, page.pageInfo.hasNextPage]).toEqual([5, true]);
    const rest = await emails(`first: 9, query: "other", after: "${page.pageInfo.endCursor}"`);
    expect(rest).toEqual(['other2@example.org', 'other3@example.org', 'other4@example.org']);
    const [ann] = (
      await ask<{ accounts: { nodes: object[] } }>(
        'accounts(first: 1, query: "ann@") { nodes { userId name role emailConfirmed sharesRatings ratingCount sessionCount createdAt } }',
      )
    ).accounts.nodes;
    expect(ann).toMatchObject({ name: 'ann', role: 'USER', sessionCount: 1, ratingCount: 0 });
    for (const args of ['first: 101', 'first: 1, after: "x"', `first: 1, query: "${'x'.repeat(300)}"`])
      expect((await api.run(`{ admin { accounts(${args}) { totalCount } } }`, {}, admin)).errors[0]).toMatch(
        /^BAD_USER_INPUT/,
      );
  });

  it('see the catalogue, imports, coverage, apps and experiments', async () => {
    await database()
      .dataSource.getRepository(DataImportEntity)
      .insert({
        dataImportId: 'i',
        status: 'replaced',
        dataset: 'small',
        identity: 'sha256:1',
        movieCount: 1,
        userCount: 2,
        ratingCount: 3,
        skipped: { 'no title': 4 },
        startedAtSeconds: 10,
        finishedAtSeconds: 20,
      });
    const ids = database().dataSource.getRepository(MovieExternalIdEntity);
    for (const namespace of ['app:one', 'app:two', 'dataset', 'apps', 'application'])
      await ids.insert({ namespace, externalId: 'x', movieId: 1 });
    const told = await ask<Record<string, unknown>>(
      `catalogue { movieCount withoutGenresCount withoutYearCount withoutRatingsCount placedByContentCount unknownToModelCount accountCount appUserCount appMovieCount }
       imports { dataset status skipped { kind count } startedAt }
       coverage { shownCount movieCount share gini meanPopularityRank headShare }
       apps { name } keys { name } experiments { name }`,
    );
    expect(told).toMatchObject({
      catalogue: {
        movieCount: fixture.movies.length,
        withoutGenresCount: fixture.movies.filter(({ genres }) => genres.length === 0).length,
        withoutYearCount: fixture.movies.filter(({ releaseYear }) => releaseYear === null).length,
        accountCount: 7,
        appUserCount: 0,
        appMovieCount: 1,
      },
      imports: [{ dataset: 'small', status: 'replaced', skipped: [{ kind: 'no title', count: 4 }] }],
      coverage: { movieCount: fixture.movies.length },
      apps: [],
      keys: [],
      experiments: [],
    });
    expect((told['coverage'] as { shownCount: number }).shownCount).toBeGreaterThanOrEqual(10);
  });

  it('make webhooks, whose secrets are told once, and delete them', async () => {
    const create = (url: string, events = '[USER_DELETED, MODEL_PUBLISHED]') =>
      api.run<{ createWebhook: { secret: string; webhook: { webhookId: string } } }>(
        `mutation ($url: String!) { createWebhook(input: { url: $url, events: ${events} }) { secret webhook { webhookId url events pendingCount } } }`,
        { url },
        admin,
      );
    for (const url of [
      'http://127.0.0.1/',
      'http://[::1]:80/',
      'http://169.254.169.254/latest',
      'gopher://x',
      'x',
    ])
      expect((await create(url)).errors[0]).toMatch(/^BAD_USER_INPUT: url /);
    expect((await create('http://hooks.internal/', '[]')).errors[0]).toMatch(/^BAD_USER_INPUT: events/);
    const { data } = await create('http://hooks.internal/a');
    const { secret, webhook } = data.createWebhook;
    expect(secret).toMatch(/^whsec_[\w-]{43}$/);
    expect(webhook).toMatchObject({
      url: 'http://hooks.internal/a',
      events: ['USER_DELETED', 'MODEL_PUBLISHED'],
    });

    // What deleting an account writes in its transaction.
    const gone = await api.query<{ signUp: { token: string; user: { userId: number } } }>(SIGN_UP, {
      name: 'gone',
      email: 'gone@example.org',
    });
    await api.query('mutation { deleteMyAccount(password: "correct horse") }', {}, gone.signUp.token);
    expect(await database().dataSource.getRepository(WebhookDeliveryEntity).find()).toMatchObject([
      {
        webhookId: webhook.webhookId,
        event: 'user.deleted',
        state: 'pending',
        data: { userId: gone.signUp.user.userId, appId: null, externalId: null },
      },
    ]);
    expect(await ask('webhooks { url pendingCount failedCount lastStatus }')).toEqual({
      webhooks: [{ url: 'http://hooks.internal/a', pendingCount: 1, failedCount: 0, lastStatus: null }],
    });
    const remove = (id: string) =>
      api.run('mutation ($id: ID!) { deleteWebhook(webhookId: $id) }', { id }, admin);
    expect((await remove(webhook.webhookId)).data).toEqual({ deleteWebhook: true });
    expect((await remove(webhook.webhookId)).errors[0]).toMatch(/^NOT_FOUND/);
    expect(await database().dataSource.getRepository(WebhookDeliveryEntity).count()).toBe(0);
  });

  it('make addresses of exports', async () => {
    const { createExport } = await api.query<{ createExport: { url: string; expiresAt: string } }>(
      'mutation { createExport(kind: RATINGS, includePrivate: true) { kind url expiresAt } }',
      {},
      admin,
    );
    expect(createExport).toMatchObject({
      kind: 'RATINGS',
      url: expect.stringMatching(/^\/exports\/ratings\.jsonl\?private=1&/),
    });
    const inMs = Date.parse(createExport.expiresAt) - Date.now();
    expect(inMs).toBeGreaterThan(890_000);
    expect(inMs).toBeLessThanOrEqual(900_000);
  });

  it('give roles, end sessions and delete accounts, but leave an administrator', async () => {
    const joined = await api.query<{ signUp: { token: string; user: { userId: number } } }>(SIGN_UP, {
      name: 'managed',
      email: 'managed@example.org',
    });
    const { userId } = joined.signUp.user;
    const change = async (field: string) => {
      const { data, errors } = await api.run<Record<string, unknown>>(`mutation { ${field} }`, {}, admin);
      return errors[0] ?? data;
    };
    expect(await change(`setAccountRole(userId: ${userId}, role: ADMIN) { email role }`)).toEqual({
      setAccountRole: { email: 'managed@example.org', role: 'ADMIN' },
    });
    expect(await change(`deleteAccount(userId: ${userId})`)).toMatch(/^BAD_USER_INPUT: .*take the role/);
    expect(await change(`setAccountRole(userId: ${userId}, role: USER) { role }`)).toEqual({
      setAccountRole: { role: 'USER' },
    });
    const { accounts } = await ask<{ accounts: { nodes: { userId: number }[] } }>(
      'accounts(query: "boss_100%") { nodes { userId } }',
    );
    const boss = accounts.nodes[0]?.userId;
    expect(await change(`setAccountRole(userId: ${boss}, role: USER) { role }`)).toMatch(
      /^BAD_USER_INPUT: this is the last administrator/,
    );
    expect(await change(`endSessions(userId: ${userId}) { sessionCount }`)).toEqual({
      endSessions: { sessionCount: 0 },
    });
    expect(await change(`deleteAccount(userId: ${userId})`)).toEqual({ deleteAccount: true });
    for (const field of ['deleteAccount(userId: 1)', `endSessions(userId: ${userId}) { userId }`])
      expect(await change(field)).toMatch(/^NOT_FOUND/);
  });
});
