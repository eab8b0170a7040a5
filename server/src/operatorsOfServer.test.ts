import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishArtifact, publishVersion } from '@pocketrocket/model/artifact';
import { openDatabase, RatingEntity, type Database } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { giveRole } from './accounts/roles.ts';
import { silentLogger } from './test/api.ts';
import { fillDatabase, makeFixture } from './test/fixture.ts';
import { makeModel } from './test/model.ts';
import { toArtifact } from './test/publish.ts';
import { runSource, spawnServer, type ServerProcess } from './test/serverProcess.ts';
import { isSignedBy } from './webhooks/signature.ts';

const CLI = fileURLToPath(new URL('admin/cli.ts', import.meta.url));
const fixture = makeFixture();

let home: string;
let server: ServerProcess;
let database: Database;
let url: string;
let token: string;
let receiver: Server;
let receiverUrl: string;
let taken: { body: string; signature: string }[];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'operators-of-server-'));
  database = await openDatabase({ url: `sqlite:${join(home, 'pocketrocket.sqlite')}` });
  await fillDatabase(database, fixture);
  const modelDir = join(home, 'models');
  const { draft, tensors } = toArtifact(makeModel(fixture));
  for (let version = 1; version <= 2; version++) await publishArtifact(modelDir, draft, tensors);
  await publishVersion(modelDir, 1, new Date(Date.now() - 60_000));
  taken = [];
  receiver = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      taken.push({ body, signature: String(req.headers['pocketrocket-signature']) });
      res.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  server = spawnServer({ ...ENV, POCKETROCKET_HOME: home, WORKERS: '2' });
  url = await server.url;
  const { signUp } = await ask<{ signUp: { token: string } }>(
    'mutation { signUp(input: { name: "Boss", email: "boss@example.org", password: "correct horse" }) { token } }',
  );
  ({ token } = signUp);
  await giveRole(database, silentLogger, { email: 'boss@example.org', role: 'admin', changedBy: 'root' });
}, 120_000);
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.exited;
  await database.close();
  receiver.closeAllConnections();
  receiver.close();
  await rm(home, { recursive: true, force: true });
});

const ENV = {
  WEBHOOKS_ALLOW_HTTP: 'true',
  WEBHOOKS_ALLOWED_HOSTS: '127.0.0.1',
};

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data: T; errors?: unknown[] };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
const run = (...args: string[]) => runSource(CLI, args, { ...ENV, POCKETROCKET_HOME: home });

describe('a server with two threads', () => {
  it('tells operators what all of its threads have done', async () => {
    for (let userId = 1; userId <= 20; userId++)
      await ask(
        'query ($userId: Int!) { user(userId: $userId) { recommendations(first: 10) { nodes { score } } } }',
        {
          userId,
        },
      );
    const told = await until(
      'both threads tell',
      async () => {
        const { admin } = await ask<{
          admin: {
            health: Record<string, number>;
            budgets: { clients: { client: string; units: number }[] };
            coverage: Record<string, number>;
          };
        }>(
          '{ admin { health { threadCount listCount requestCount failedRequestCount meanRequestMs memoryBytes } budgets { clients { client units } } coverage { shownCount share meanPopularityRank } } }',
        );
        return admin.health['threadCount'] === 2 && admin;
      },
      60_000,
    );
    expect(told.health['listCount']).toBe(20);
    expect(told.health['requestCount']).toBeGreaterThan(20);
    expect(told.coverage['shownCount']).toBe(200);
    expect(told.budgets.clients.map(({ client }) => client)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^account:/), 'address:127.0.0.1']),
    );
    expect(told.budgets.clients[0]?.units).toBeGreaterThan(100);
  }, 120_000);

  it('tells webhooks what is published, signed', async () => {
    const made = await ask<{ createWebhook: { secret: string } }>(
      'mutation ($url: String!) { createWebhook(input: { url: $url, events: [MODEL_PUBLISHED] }) { secret } }',
      { url: receiverUrl },
    );
    await ask('mutation { publishModel(version: "2") { version } }');
    await until('the webhook is told', () => taken.length > 0, 30_000);
    const [{ body, signature } = { body: '', signature: '' }] = taken;
    expect(JSON.parse(body)).toMatchObject({ event: 'model.published', data: { version: '2' } });
    const nowSeconds = Math.floor(Date.now() / 1000);
    expect(isSignedBy(made.createWebhook.secret, body, signature, { nowSeconds })).toBe(true);
    await until(
      'the server follows',
      async () => (await ask<{ model: { version: string } }>('{ model { version } }')).model.version === '2',
      30_000,
    );
  }, 90_000);

  it('sends exports to signed addresses alone, as fast as they are read', async () => {
    // Several pages, so that the front asks for them one by one.
    const rows = Array.from({ length: 30_000 }, (_, at) => ({
      ...{ userId: 700, movieId: 1_000 + at, halfStars: 6, ratedAtSeconds: 1_000_000_000 + at },
    }));
    for (let at = 0; at < rows.length; at += 2_000)
      await database.dataSource.getRepository(RatingEntity).insert(rows.slice(at, at + 2_000));
    const { createExport } = await ask<{ createExport: { url: string } }>(
      'mutation { createExport(kind: RATINGS) { url } }',
    );
    const address = `${url}${createExport.url}`;
    const answer = await fetch(address);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="ratings.jsonl"',
      'cache-control': 'no-store',
      'content-encoding': 'gzip',
    });
    expect((await answer.text()).split('\n')).toHaveLength(fixture.ratings.length + 30_000 + 1);
    const plain = await fetch(address, { headers: { 'accept-encoding': 'identity' } });
    expect((await plain.text()).split('\n')).toHaveLength(fixture.ratings.length + 30_000 + 1);
    for (const wrong of [address.replace('ratings', 'users'), address.slice(0, -2), `${url}/exports/`])
      expect((await fetch(wrong)).status).toBe(403);
    expect((await fetch(address, { method: 'POST' })).status).toBe(405);

    // Whoever does not read gets no more than fits on the way, and nobody else waits.
    const slow = connect(Number(new URL(url).port), '127.0.0.1');
    slow.write(`GET ${createExport.url} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`);
    await new Promise((resolve) => slow.once('readable', resolve));
    const health = await fetch(`${url}/healthz`);
    expect(health.status).toBe(200);
    expect((await (await fetch(address)).text()).length).toBeGreaterThan(1_000_000);
    slow.destroy();
  }, 90_000);

  it('answers commands of its operator, and nobody else who asks the same', async () => {
    const file = join(home, 'movies.jsonl');
    // By itself: threads that are kept busy by others are left out of it.
    const health = await run('health', '--json', '--url', url);
    const [catalogue, models, accounts, webhooks, text] = await Promise.all([
      run('catalogue', '--json', '--url', url),
      run('models', '--json'),
      run('accounts', 'boss', '--json'),
      run('webhook', 'list', '--json'),
      run('coverage', '--url', url),
      run('export', 'movies', '--out', file),
    ]);
    expect(JSON.parse(health)).toMatchObject({ isReady: true, problems: [], threadCount: 2 });
    expect(JSON.parse(catalogue ?? '')).toMatchObject({ movieCount: fixture.movies.length });
    expect(JSON.parse(models ?? '')).toMatchObject([
      { version: '2', state: 'served' },
      { version: '1', state: 'earlier' },
    ]);
    expect(JSON.parse(accounts ?? '')).toMatchObject({
      totalCount: 1,
      accounts: [{ email: 'boss@example.org', role: 'admin' }],
    });
    expect(JSON.parse(webhooks ?? '')).toMatchObject([
      { url: receiverUrl, pendingCount: 0, lastStatus: 200 },
    ]);
    expect(text).toMatch(/^shown count +\d+$/m);
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(fixture.movies.length + 1);
    for (const path of ['health', 'budgets', 'health?expires=9999999999&signature=x'])
      expect((await fetch(`${url}/operators/${path}`)).status).toBe(403);
    await expect(run('health', '--url', 'http://127.0.0.1:1')).rejects.toThrow(/no server answers at/);
  }, 120_000);
});
