import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { neuralCFLogits, scoreNeuralCFVector } from '@pocketrocket/engine';
import { createLogger } from '@pocketrocket/runtime';
import { makeFixture } from '../../test/fixture.ts';
import { makeModel, profileOfUser, USER_UNKNOWN_TO_MODEL } from '../../test/model.ts';
import { until } from '@pocketrocket/testing';
import { openTfServingRanker, type TfServingRanker } from './tfServingRanker.ts';

/** Longer than a busy machine takes, where no answer is late on purpose. */
const DEADLINE_MS = 10_000;
/** Waited for in full by the one test of an answer that never comes; a healthy one meets it too. */
const SHORT_DEADLINE_MS = 3_000;
const LOOK_EVERY_MS = 50;
const WAIT_MS = 400;
const fixture = makeFixture();
const model = makeModel(fixture);
const VERSION = model.version;
const ITEMS = Int32Array.from({ length: 20 }, (_, item) => 3 * item);
const profileOf = (userId: number | null) => profileOfUser(model, fixture, userId);

interface Predict {
  signature_name: string;
  inputs: { userId?: [number]; userVector?: [number[]]; movieId: number[] };
}

/** TensorFlow Serving's REST API over the engine, and what may go wrong with it. */
class FakeServing {
  readonly predictions: Predict[] = [];
  state: 'AVAILABLE' | 'LOADING' | 'END' | 404 = 'AVAILABLE';
  /** The version's error. */
  error = '';
  /** Takes a prediction's answer over. */
  fault: ((res: ServerResponse, answer: string) => unknown) | null = null;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((req, res) => void this.#answer(req, res));
  }

  async listen(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = `/v1/models/recmodel/versions/${VERSION}`;
    if (req.method === 'GET' && req.url === path) {
      if (this.state === 404) return send(res, 404, { error: 'Servable not found for request' });
      const status = { error_code: this.error === '' ? 'OK' : 'UNKNOWN', error_message: this.error };
      return send(res, 200, {
        model_version_status: [{ version: String(VERSION), state: this.state, status }],
      });
    }
    if (req.method !== 'POST' || req.url !== `${path}:predict`) return send(res, 404, { error: 'Not found' });
    let body = '';
    for await (const chunk of req) body += String(chunk);
    const predict = JSON.parse(body) as Predict;
    this.predictions.push(predict);
    const answer = JSON.stringify({ outputs: probabilities(predict).map((value) => [value]) });
    if (this.fault) this.fault(res, answer);
    else res.setHeader('content-type', 'application/json').end(answer);
  }
}

function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function probabilities({ inputs: { userId, userVector, movieId } }: Predict): number[] {
  const { neuralCF } = model.recommender;
  if (!neuralCF) throw new Error('this model has no NeuralCF');
  const width = 2 * neuralCF.embeddingDim;
  const user = model.users.indexOf(userId?.[0] ?? -1);
  const vector = userVector
    ? Float32Array.from(userVector[0])
    : neuralCF.parameters.userEmbeddings.subarray(user * width, (user + 1) * width);
  const logits = new Float32Array(movieId.length);
  scoreNeuralCFVector(
    neuralCF,
    vector,
    Int32Array.from(movieId, (id) => model.items.indexOf(id)),
    logits,
  );
  return Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));
}

describe('ranking by TensorFlow Serving', () => {
  let serving: FakeServing;
  let origin: string;
  let ranker: TfServingRanker;

  const open = (origin: string, deadlineMs = DEADLINE_MS) =>
    openTfServingRanker({
      origin,
      modelName: 'recmodel',
      deadlineMs,
      lookEveryMs: LOOK_EVERY_MS,
      waitMs: WAIT_MS,
      currentVersion: () => VERSION,
      logger: createLogger({ level: 'silent', name: 'test', stream: process.stderr }),
    });
  beforeEach(async () => {
    serving = new FakeServing();
    origin = await serving.listen();
    ranker = open(origin);
  });
  afterEach(async () => {
    await ranker.close();
    await serving.close();
  });
  const ofUser1 = () => ranker.logits(model, profileOf(1), ITEMS);

  it.each([
    ['a user known at training by id', 1, 'serving_default'],
    ['a user unknown at training by vector', USER_UNKNOWN_TO_MODEL, 'user_vector'],
    ['a taste by vector', null, 'user_vector'],
  ])('scores %s, as the engine does', async (_, userId, signature) => {
    const profile = profileOf(userId);
    const logits = (await ranker.logits(model, profile, ITEMS)) ?? [];
    const expected = neuralCFLogits(model.recommender, profile.user, ITEMS) ?? [];
    expect(logits).toHaveLength(ITEMS.length);
    expected.forEach((value, place) => expect(logits[place]).toBeCloseTo(value, 3));
    expect(serving.predictions.map(({ signature_name: name }) => name)).toEqual([signature]);
    expect(serving.predictions[0]?.inputs.movieId).toEqual(
      Array.from(ITEMS, (item) => model.items.externalId(item)),
    );
  });

  it('asks nothing about movies that were not there at training', async () => {
    const fewer = { ...model, numTrainedItems: 30 };
    const profile = profileOf(1);
    const logits = (await ranker.logits(fewer, profile, ITEMS)) ?? [];
    const expected = neuralCFLogits(model.recommender, profile.user, ITEMS) ?? [];
    expected.forEach((value, place) => expect(logits[place]).toBeCloseTo(value, 3));
    expect(serving.predictions[0]?.inputs.movieId).toHaveLength(10);
  });

  async function failsAndRanksAgain(fault: FakeServing['fault'], reason: string): Promise<void> {
    serving.fault = fault;
    await expect(ofUser1()).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringContaining(reason),
    });
    serving.fault = null;
    expect(await ofUser1()).toHaveLength(ITEMS.length);
  }

  it.each<[string, FakeServing['fault'], string]>([
    ['answers garbage', (res) => res.end('<html>'), 'returned invalid JSON: <html>'],
    [
      'answers something else',
      (res) => res.end('{"predictions":[[0.5]]}'),
      'something other than probabilities',
    ],
    [
      'answers NaN',
      (res, answer) => res.end(answer.replace(/\d\.\d+/, 'NaN')),
      'NaN, which is not a probability',
    ],
    [
      'answers what is no probability',
      (res, answer) => res.end(answer.replace(/0\.\d+/, '1.5')),
      '1.5, which is not a probability',
    ],
    ['answers too few', (res) => res.end('{"outputs":[[0.5]]}'), 'returned 1 numbers for 20'],
    ['answers an error', (res) => send(res, 500, { error: 'out of memory' }), 'answered 500: out of memory'],
    ['hangs up', (res) => res.destroy(), 'TensorFlow Serving'],
  ])('gives the reason when it %s, and ranks again when that is over', (_, fault, reason) =>
    failsAndRanksAgain(fault, reason),
  );

  it('gives the reason when it does not answer, and ranks again when that is over', async () => {
    await ranker.close();
    ranker = open(origin, SHORT_DEADLINE_MS);
    await failsAndRanksAgain(() => undefined, `did not answer within ${SHORT_DEADLINE_MS} ms`);
  });

  it('asks a second time where the connection fails, and only then', async () => {
    await ofUser1();
    serving.fault = (res) => {
      serving.fault = null;
      res.destroy();
    };
    expect(await ofUser1()).toHaveLength(ITEMS.length);
    expect(serving.predictions).toHaveLength(3);
    serving.fault = (res) => send(res, 503, { error: 'busy' });
    await expect(ofUser1()).rejects.toThrow('busy');
    expect(serving.predictions).toHaveLength(4);
  });

  it('leaves a server alone that failed three times in a row, and comes back by itself', async () => {
    serving.fault = (res) => send(res, 500, { error: 'broken' });
    // However long the attempts take, they lie within the time for which it is left alone.
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    try {
      for (let attempt = 0; attempt < 5; attempt++)
        await expect(ofUser1()).rejects.toThrow(attempt < 3 ? 'broken' : 'failed several times in a row');
      expect(serving.predictions).toHaveLength(3);
    } finally {
      clock.mockRestore();
    }
    serving.fault = null;
    await until('TensorFlow Serving ranks', async () => (await ofUser1().catch(() => null)) !== null);
  }, 15_000);

  it.each([
    [404, 'not there'],
    ['LOADING', 'LOADING'],
  ] as const)('does not rank with another version: %s', async (state, words) => {
    serving.state = state;
    await expect(ofUser1()).rejects.toThrow(
      `TensorFlow Serving does not serve version ${VERSION} (${words})`,
    );
    expect(serving.predictions).toHaveLength(0);
    expect(ranker.problem()).toContain(words);
    serving.state = 'AVAILABLE';
    await until('TensorFlow Serving ranks again', async () => (await ofUser1().catch(() => null)) !== null);
    expect(ranker.problem()).toBeNull();
  });

  it('tells which version ranks', async () => {
    await ofUser1();
    expect(ranker.version()).toBe(VERSION);
    serving.state = 'LOADING';
    await until('it has no version', () => ranker.version() === null);
  });

  it.each(['AVAILABLE', 'END'] as const)('lets a version serve at once that is %s', async (state) => {
    serving.state = state;
    expect(await ranker.mayServe(VERSION)).toBe(true);
  });

  it.each([
    ['LOADING', ''],
    [404, ''],
    ['END', 'cut short'],
  ] as const)('lets a version that is %s %s wait, and not for ever', async (state, error) => {
    serving.state = state;
    serving.error = error;
    expect(await ranker.mayServe(VERSION)).toBe(false);
    await setTimeout(WAIT_MS);
    expect(await ranker.mayServe(VERSION)).toBe(true);
    expect(await ranker.mayServe(VERSION + 1)).toBe(false);
  });

  it('says so when it is down, at the start or later, and ranks within ten seconds of its return', async () => {
    await ofUser1();
    const { port } = serving;
    await serving.close();
    await expect(ofUser1()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await until('it has a problem', () => ranker.problem() !== null);
    serving = new FakeServing();
    await serving.listen(port);
    await until('TensorFlow Serving ranks again', async () => (await ofUser1().catch(() => null)) !== null);
  }, 15_000);
});
