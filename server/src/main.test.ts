import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, get, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clearTrainingProgress, publishArtifact, writeTrainingProgress } from '@pocketrocket/model/artifact';
import { openDatabase } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { postGraphql } from './http/test/httpHarness.ts';
import { fillDatabase, makeFixture } from './test/fixture.ts';
import { makeModel } from './test/model.ts';
import { toArtifact } from './test/publish.ts';
import { spawnServer, type ServerProcess } from './test/serverProcess.ts';

let folder: string;
let started: ServerProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'server-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const { child, exited } of started) {
    child.kill('SIGKILL');
    await exited;
  }
  started = [];
});

function start(env: Record<string, string>, nodeOptions?: string[]): ServerProcess {
  const server = spawnServer({ POCKETROCKET_HOME: join(folder, 'home'), ...env }, nodeOptions);
  started.push(server);
  return server;
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}

/** The last line that the process wrote, and its exit status. */
async function epitaphOf(server: ServerProcess): Promise<[string | undefined, number | null]> {
  const status = await server.exited;
  return [server.stderr().trim().split('\n').at(-1), status];
}

describe('the server process', () => {
  it('serves an empty home, says what is missing, and finishes requests in flight when told to stop', async () => {
    const server = start({ SHUTDOWN_DELAY_MS: '0' });
    const url = await server.url;

    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      ready: false,
      dataset: null,
      modelVersion: null,
      problem: 'the database holds no data set yet',
      rankerProblem: null,
      rankerVersion: null,
      databaseProblem: null,
      writeProblem: null,
      redisProblem: null,
      training: null,
    });

    // A connection that is kept open without a request must not hold up the end.
    const agent = new Agent({ keepAlive: true });
    const [idle] = (await once(get(`${url}/healthz`, { agent }), 'response')) as [IncomingMessage];
    await textOf(idle);

    const body = JSON.stringify({ query: '{ genres { name } }' });
    const slow = request(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    slow.write(body.slice(0, 10));
    await once(slow, 'socket');
    await new Promise((resolve) => setTimeout(resolve, 200));
    server.child.kill('SIGTERM');
    await until('nobody new comes in', () =>
      once(get(`${url}/healthz`, { agent: false }), 'response').then(
        ([response]) => textOf(response as IncomingMessage).then(() => false),
        (error: unknown) => String(error).includes('ECONNREFUSED'),
      ),
    );
    const [kept] = (await once(get(`${url}/healthz`, { agent }), 'response')) as [IncomingMessage];
    expect([kept.statusCode, kept.headers.connection]).toEqual([200, 'close']);
    await textOf(kept);
    expect(server.child.exitCode).toBeNull();

    slow.end(body.slice(10));
    const [answer] = (await once(slow, 'response')) as [IncomingMessage];
    expect([answer.statusCode, JSON.parse(await textOf(answer))]).toMatchObject([
      200,
      { data: { genres: [] } },
    ]);
    expect(await server.exited).toBe(0);
    expect(server.stderr()).toContain('"event":"stopped"');
    agent.destroy();
  });

  it('serves popularity while a trainer is at work, and the model as soon as it is there', async () => {
    const home = join(folder, 'filled');
    const modelDir = join(home, 'models');
    const fixture = makeFixture();
    const database = await openDatabase({ url: `sqlite:${join(home, 'pocketrocket.sqlite')}` });
    await fillDatabase(database, fixture);
    await database.close();
    const now = new Date().toISOString();
    const progress = { stage: 'item2vec', done: 2, total: 8, startedAt: now, updatedAt: now };
    await writeTrainingProgress(modelDir, { pid: process.pid, ...progress });

    const url = await start({ POCKETROCKET_HOME: home }).url;
    const readiness = async () => {
      const answer = await fetch(`${url}/readyz`);
      return { status: answer.status, ...((await answer.json()) as object) };
    };
    const query =
      '{ user(userId: 1) { recommendations(first: 3) { nodes { score } served { modelVersion ranker degraded } } } }';
    const served = async () => {
      const { data } = (await (await postGraphql(url, { query })).json()) as {
        data: { user: { recommendations: { nodes: unknown[]; served: object } } };
      };
      expect(data.user.recommendations.nodes).toHaveLength(3);
      return data.user.recommendations.served;
    };
    expect(await readiness()).toEqual({
      status: 503,
      ready: false,
      dataset: 'fixture',
      modelVersion: null,
      problem: 'no model has been trained yet',
      rankerProblem: null,
      rankerVersion: null,
      databaseProblem: null,
      writeProblem: null,
      redisProblem: null,
      training: progress,
    });
    expect(await served()).toEqual({ modelVersion: null, ranker: 'POPULARITY', degraded: true });

    const { draft, tensors } = toArtifact(makeModel(fixture));
    await publishArtifact(modelDir, draft, tensors);
    await clearTrainingProgress(modelDir);
    const deadline = Date.now() + 10_000;
    while ((await readiness()).status !== 200 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await readiness()).toEqual({
      status: 200,
      ready: true,
      dataset: 'fixture',
      modelVersion: 1,
      problem: null,
      rankerProblem: null,
      rankerVersion: null,
      databaseProblem: null,
      writeProblem: null,
      redisProblem: null,
      training: null,
    });
    expect(await served()).toEqual({ modelVersion: '1', ranker: 'NEURAL_CF', degraded: false });
  });

  it('listens and makes lists while it warms up, and is ready once it is warm', async () => {
    const home = join(folder, 'cold');
    const fixture = makeFixture();
    const database = await openDatabase({ url: `sqlite:${join(home, 'pocketrocket.sqlite')}` });
    await fillDatabase(database, fixture);
    await database.close();
    const { draft, tensors } = toArtifact(makeModel(fixture));
    await publishArtifact(join(home, 'models'), draft, tensors);

    const server = start({ POCKETROCKET_HOME: home, WARM_UP_MS: '60000' });
    const url = await server.url;
    expect(server.stderr()).not.toContain('"event":"warm"');
    const first = await fetch(`${url}/readyz`);
    expect([first.status, await first.json()]).toMatchObject([503, { problem: 'the server is warming up' }]);
    const query = '{ user(userId: 1) { recommendations(first: 3) { served { ranker } } } }';
    expect(await (await postGraphql(url, { query })).json()).toMatchObject({
      data: { user: { recommendations: { served: { ranker: 'NEURAL_CF' } } } },
    });
    while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.stderr()).toContain('"event":"warm"');
  });

  it('names every setting that is wrong, at once', async () => {
    const server = start({ PORT: '70000', LOG_LEVEL: 'loud', CORS_ORIGINS: 'nowhere' });
    expect(await server.exited).toBe(2);
    expect(server.stderr()).toMatch(/PORT: .*\n.*LOG_LEVEL: .*\n.*CORS_ORIGINS: /);
  });

  it('says in a line that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const epitaph = await epitaphOf(start({ PORT: String(port) }));
    other.close();
    expect(epitaph).toEqual([
      `error: port ${port} on 127.0.0.1 is in use: stop what listens there, or set PORT to another one`,
      7,
    ]);
  });

  it('says in a line that the host is not this machine', async () => {
    const [line, status] = await epitaphOf(start({ HOST: '192.0.2.1' }));
    expect(line).toMatch(/^error: 192\.0\.2\.1 is not an address of this machine: set HOST/);
    expect(status).toBe(7);
  });

  it('says in a line that the home cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const home = join(folder, 'file', 'home');
    const [line, status] = await epitaphOf(start({ POCKETROCKET_HOME: home }));
    expect(line).toMatch(/^error: the folder .*home cannot be written \(ENOTDIR.*\): set POCKETROCKET_HOME/);
    expect(status).toBe(7);
  });

  it('says in a line that Node.js is too old', async () => {
    const pretendOld =
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })";
    const [line, status] = await epitaphOf(start({}, ['--import', `data:text/javascript,${pretendOld}`]));
    expect(line).toMatch(/^error: Node\.js 18\.20\.0 is too old; install Node\.js 20/);
    expect(status).toBe(7);
  });
});
