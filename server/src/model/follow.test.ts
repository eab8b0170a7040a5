import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { publishArtifact, publishVersion, rollbackVersion } from '@pocketrocket/model/artifact';
import { openDatabase } from '@pocketrocket/schema/database';
import { postGraphql } from '../http/test/httpHarness.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { toArtifact } from '../test/publish.ts';
import { spawnServer, type ServerProcess } from '../test/serverProcess.ts';

const FOLLOWS_WITHIN_MS = 5_000;
const CONCURRENCY = 4;

let home: string;
let server: ServerProcess;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'follow-'));
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.exited;
  await rm(home, { recursive: true, force: true });
});

const QUERY =
  '{ user(userId: 1) { recommendations(first: 3) { nodes { score } served { modelVersion ranker } } } }';

interface Answer {
  status: number;
  nodes: number;
  version: string;
  ranker: string;
}

it('follows publications and rollbacks within five seconds while requests run, and drops none', async () => {
  const modelDir = join(home, 'models');
  const fixture = makeFixture();
  const database = await openDatabase({ url: `sqlite:${join(home, 'pocketrocket.sqlite')}` });
  await fillDatabase(database, fixture);
  await database.close();
  const { draft, tensors } = toArtifact(makeModel(fixture));
  for (let version = 1; version <= 3; version++) await publishArtifact(modelDir, draft, tensors);
  await publishVersion(modelDir, 1, new Date());

  server = spawnServer({ POCKETROCKET_HOME: home });
  const url = await server.url;
  const answers: Answer[] = [];
  let isStopping = false;
  const client = async (): Promise<void> => {
    while (!isStopping) {
      const response = await postGraphql(url, { query: QUERY });
      const { data } = (await response.json()) as {
        data: {
          user: { recommendations: { nodes: unknown[]; served: { modelVersion: string; ranker: string } } };
        };
      };
      const { nodes, served } = data.user.recommendations;
      answers.push({
        status: response.status,
        nodes: nodes.length,
        version: served.modelVersion,
        ranker: served.ranker,
      });
    }
  };
  const clients = Promise.all(Array.from({ length: CONCURRENCY }, client));
  const becomes = async (version: number): Promise<void> => {
    const changedAt = Date.now();
    while (answers.at(-1)?.version !== String(version)) {
      if (Date.now() - changedAt > FOLLOWS_WITHIN_MS) {
        throw new Error(`version ${version} does not serve: ${server.stderr()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  try {
    await becomes(1);
    await publishVersion(modelDir, 3, new Date());
    await becomes(3);
    await publishVersion(modelDir, 2, new Date());
    await becomes(2);
    await rollbackVersion(modelDir, new Date());
    await becomes(3);
    await rollbackVersion(modelDir, new Date());
    await becomes(1);
  } finally {
    isStopping = true;
    await clients;
  }
  expect(answers.length).toBeGreaterThan(50);
  const distinct = new Set(answers.map(({ status, nodes, ranker }) => `${status} ${nodes} ${ranker}`));
  expect([...distinct]).toEqual(['200 3 NEURAL_CF']);
  expect(new Set(answers.map(({ version }) => version))).toEqual(new Set(['1', '2', '3']));
}, 60_000);
