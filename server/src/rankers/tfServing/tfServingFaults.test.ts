import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishArtifact, publishVersion, rollbackVersion } from '@pocketrocket/model/artifact';
import { openDatabase } from '@pocketrocket/schema/database';
import { postGraphql } from '../../http/test/httpHarness.ts';
import { FaultyProxy, type Fault } from '../../test/faultyProxy.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';
import { toArtifact } from '../../test/publish.ts';
import { exportSavedModel, publishWithSavedModel } from '../../test/savedModel.ts';
import { spawnModelServer, spawnServer, type ServerProcess } from '../../test/serverProcess.ts';
import { counted } from '../../test/tfServingContract.ts';
import { until } from '@pocketrocket/testing';

const CONCURRENCY = 4;
const QUERY = `query ($userId: Int!, $diversity: Float!) {
  user(userId: $userId) { recommendations(first: 3, diversity: $diversity) { nodes { score } served { modelVersion ranker degraded degradedReason } } }
}`;

interface Served {
  modelVersion: string | null;
  ranker: string;
  degraded: boolean;
  degradedReason: string | null;
}

interface Answer extends Served {
  status: number;
  nodes: number;
}

let asked = 0;

/** Asks for a list that nobody asked for before: one that was served lately is kept. */
async function ask(url: string, userId: number): Promise<Answer> {
  const variables = { userId, diversity: (asked++ % 100_000) / 100_000 };
  const response = await postGraphql(url, { query: QUERY, variables });
  const { data } = (await response.json()) as {
    data: { user: { recommendations: { nodes: unknown[]; served: Served } } };
  };
  const { nodes, served } = data.user.recommendations;
  return { status: response.status, nodes: nodes.length, ...served };
}

/** Keeps asking for lists until stopped. */
function load(url: string): { answers: Answer[]; stop: () => Promise<void> } {
  const answers: Answer[] = [];
  let isStopping = false;
  const client = async (_: unknown, first: number): Promise<void> => {
    for (let userId = 1 + first; !isStopping; userId = 1 + ((userId + CONCURRENCY) % 50))
      answers.push(await ask(url, userId));
  };
  const clients = Promise.all(Array.from({ length: CONCURRENCY }, client));
  return {
    answers,
    async stop() {
      isStopping = true;
      await clients;
    },
  };
}

const readiness = async (url: string) =>
  (await (await fetch(`${url}/readyz`)).json()) as Record<'problem' | 'rankerProblem', string | null> &
    Record<'modelVersion' | 'rankerVersion', number | null> & { ready: boolean };

const fixture = makeFixture();
const model = makeModel(fixture);
let home: string;
let modelDir: string;
let modelServer: ServerProcess;
let proxy: FaultyProxy;
let proxyUrl: Promise<string>;
let server: ServerProcess;
/** For tests in which nothing is late. */
let patient: ServerProcess;
const started: ServerProcess[] = [];

const startServer = (env: Record<string, string>): ServerProcess => {
  const process = spawnServer({
    POCKETROCKET_HOME: home,
    MODEL_DIR: modelDir,
    RANKER: 'tf-serving',
    ...env,
  });
  started.push(process);
  return process;
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'faults-'));
  modelDir = join(home, 'models');
  const database = await openDatabase({ url: `sqlite:${join(home, 'pocketrocket.sqlite')}` });
  await fillDatabase(database, fixture);
  await database.close();
  await publishWithSavedModel(modelDir, model);
  modelServer = spawnModelServer(modelDir);
  started.push(modelServer);
  proxy = new FaultyProxy(await modelServer.url);
  proxyUrl = proxy.start();
  const env = {
    TF_SERVING_URL: await proxyUrl,
    TF_SERVING_WAIT_MS: '60000',
    SHADOW_RANKER: 'engine',
    SHADOW_SAMPLE: '1',
  };
  server = startServer({ ...env, RANKER_TIMEOUT_MS: '1000' });
  patient = startServer({ ...env, RANKER_TIMEOUT_MS: '30000' });
  await Promise.all([server.url, patient.url]);
}, 60_000);
afterAll(async () => {
  for (const { child, exited } of started) {
    child.kill('SIGKILL');
    await exited;
  }
  await proxy.stop();
  await rm(home, { recursive: true, force: true });
});

const isHealthy = (answer: Answer | undefined) => answer?.degraded === false;

describe('under load', () => {
  it('asks TensorFlow Serving once for each list, and compares with the engine', async () => {
    const url = await patient.url;
    await until('all is well', async () => isHealthy(await ask(url, 1)));
    const upstream = { url: await modelServer.url };
    const before = await counted(upstream);
    for (let userId = 1; userId <= 10; userId++) expect(isHealthy(await ask(url, userId))).toBe(true);
    expect((await counted(upstream)) - before).toBe(10);
    expect(await readiness(url)).toMatchObject({ ready: true, rankerProblem: null, rankerVersion: 1 });
    await until('the shadow was compared', () => /"rankCorrelation":1[,}]/.test(patient.stderr()));
  });

  const TOO_LATE = /did not answer within 1000 ms/;
  const faults: [string, Fault | 'down', RegExp][] = [
    ['is down', 'down', /cannot be reached|other side closed|circuit breaker open|several times/],
    ['does not answer', 'silent', /did not answer within 1000 ms|several times/],
    ['does not answer predictions', 'silent predictions', /did not answer within 1000 ms|several times/],
    [
      'has another version',
      'other version',
      /Servable not found|does not serve version 1 \(not there\)|several times/,
    ],
    ['answers garbage', 'garbage', /invalid JSON|several times/],
    ['answers NaN', 'NaN', /NaN, which is not a probability|several times/],
  ];
  it.each(faults)(
    'ranks in process while TensorFlow Serving %s, says why, and is back to normal within ten seconds',
    async (_, fault, reason) => {
      const url = await server.url;
      await until('all is well', async () => isHealthy(await ask(url, 1)));
      const { answers, stop } = load(url);
      try {
        await until('the latest answer is healthy', () => isHealthy(answers.at(-1)));
        if (fault === 'down') await proxy.stop();
        else proxy.fault = fault;
        await until('the latest answer is degraded', () => answers.at(-1)?.degraded === true);
        const degradedFrom = answers.length;
        await until('twelve more answers', () => answers.length > degradedFrom + 12);
        await until('readiness tells of it', async () => (await readiness(url)).rankerProblem !== null);
        const { ready, rankerVersion } = await readiness(url);
        expect({ ready, rankerVersion }).toEqual({ ready: true, rankerVersion: null });
        if (fault === 'down') await proxy.start();
        else proxy.fault = null;
        await until('the latest answer is healthy', () => isHealthy(answers.at(-1)), 10_000);
      } finally {
        await stop();
      }
      for (const { degradedReason, ...answer } of answers) {
        expect(answer).toMatchObject({ status: 200, nodes: 3, ranker: 'NEURAL_CF', modelVersion: '1' });
        if (degradedReason !== null) expect(degradedReason).toMatch(/; the engine ranks$/);
      }
      // On a busy machine an answer may also come too late, whatever the fault.
      const reasons = answers.flatMap(({ degradedReason }) => degradedReason ?? []);
      expect(reasons.filter((text) => !TOO_LATE.test(text) && !reason.test(text))).toEqual([]);
      expect(reasons.filter((text) => reason.test(text))).not.toEqual([]);
    },
    40_000,
  );

  it('serves the old version until TensorFlow Serving has the new one, and rolls back', async () => {
    const url = await patient.url;
    await until('readiness is well', async () => (await readiness(url)).rankerProblem === null);
    const { answers, stop } = load(url);
    try {
      await until('the latest answer is healthy', () => isHealthy(answers.at(-1)));
      const from = answers.length;
      const { draft, tensors } = toArtifact(model);
      const version = await publishArtifact(modelDir, draft, tensors);
      await publishVersion(modelDir, version, new Date());
      await until('version 2 waits', async () =>
        /version 2 waits/.test((await readiness(url)).problem ?? ''),
      );
      expect(answers.at(-1)?.modelVersion).toBe('1');
      await exportSavedModel(modelDir, version, modelDir);
      await until('version 2 serves', () => answers.at(-1)?.modelVersion === '2');
      await rollbackVersion(modelDir, new Date());
      await until('version 1 serves', () => answers.at(-1)?.modelVersion === '1');
      expect(answers.slice(from).filter(({ degraded }) => degraded)).toEqual([]);
    } finally {
      await stop();
    }
  }, 40_000);
});

it('serves as ever while TensorFlow Serving, as a shadow, does not answer', async () => {
  proxy.fault = 'silent predictions';
  const shadowed = startServer({
    RANKER: 'engine',
    SHADOW_RANKER: 'tf-serving',
    SHADOW_SAMPLE: '1',
    TF_SERVING_URL: await proxyUrl,
  });
  const url = await shadowed.url;
  try {
    for (let userId = 1; userId <= 20; userId++) {
      const answer = await ask(url, userId);
      expect(answer).toMatchObject({ status: 200, nodes: 3, ranker: 'NEURAL_CF', degraded: false });
    }
    await until('the log tells it', () =>
      /"failed":\["shadow"\],"shadowProblem":"TensorFlow Serving did not answer/.test(shadowed.stderr()),
    );
    expect(await readiness(url)).toMatchObject({ ready: true, rankerProblem: null });
  } finally {
    proxy.fault = null;
  }
}, 40_000);

it('ranks in the order of retrieval only where the artifact has no NeuralCF; waits no longer than it should', async () => {
  const ownDir = join(home, 'without');
  const withoutNeuralCF = toArtifact({
    ...model,
    recommender: { ...model.recommender, neuralCF: null, neuralCFFoldIn: null },
  });
  await publishArtifact(ownDir, withoutNeuralCF.draft, withoutNeuralCF.tensors);
  const closed = new FaultyProxy('');
  const origin = await closed.start();
  await closed.stop();
  const url = await startServer({ MODEL_DIR: ownDir, TF_SERVING_URL: origin, TF_SERVING_WAIT_MS: '1000' })
    .url;
  expect(await ask(url, 1)).toMatchObject({
    nodes: 3,
    modelVersion: '1',
    ranker: 'RETRIEVAL',
    degraded: true,
    degradedReason: expect.stringMatching(/^TensorFlow Serving cannot be reached .*; retrieval ranks$/),
  });
  const { draft, tensors } = toArtifact(model);
  await publishArtifact(ownDir, draft, tensors);
  await until('version 2 serves', async () => (await ask(url, 1)).modelVersion === '2');
  expect(await ask(url, 1)).toMatchObject({
    nodes: 3,
    ranker: 'NEURAL_CF',
    degraded: true,
    degradedReason: expect.stringMatching(/; the engine ranks$/),
  });
}, 40_000);
