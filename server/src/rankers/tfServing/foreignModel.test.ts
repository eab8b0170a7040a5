import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { neuralCFLogits } from '@pocketrocket/engine';
import { silentLogger } from '../../test/api.ts';
import { makeFixture } from '../../test/fixture.ts';
import { makeModel, profileOfUser, USER_UNKNOWN_TO_MODEL } from '../../test/model.ts';
import { openTfServingRanker, type TfServingRanker } from './tfServingRanker.ts';

/** Longer than a busy machine takes: nothing is late here. */
const DEADLINE_MS = 10_000;
const fixture = makeFixture();
/** The artifact bears another number than the foreign model. */
const model = { ...makeModel(fixture), version: 7 };
const ITEMS = Int32Array.from({ length: 10 }, (_, item) => 3 * item);
const profileOf = (userId: number | null) => profileOfUser(model, fixture, userId);

interface Question {
  path: string;
  body: { signature_name: string; inputs: Record<string, unknown[]> };
}

/** TensorFlow Serving with a model that Keras exported as version 2. */
class KerasServing {
  readonly questions: Question[] = [];
  /** Users beyond its table. */
  refuses: (userId: number) => boolean = () => false;
  signature: object = {
    inputs: { userId: column('DT_INT32'), movieId: column('DT_INT32') },
    outputs: { output_0: column('DT_FLOAT') },
  };
  #server: Server | null = null;

  async listen(): Promise<string> {
    this.#server = createServer((req, res) => {
      let text = '';
      req.on('data', (chunk) => (text += String(chunk)));
      req.on('end', () => this.#answer(req.url ?? '', text, res));
    }).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  #answer(path: string, text: string, res: ServerResponse): void {
    const send = (status: number, body: object) => void res.writeHead(status).end(JSON.stringify(body));
    const version = (number: number) => ({ version: String(number), state: 'AVAILABLE' });
    if (path === '/v1/models/keras') return send(200, { model_version_status: [version(2), version(1)] });
    if (path === '/v1/models/keras/versions/2/metadata')
      return send(200, {
        metadata: { signature_def: { signature_def: { serving_default: this.signature } } },
      });
    if (path !== '/v1/models/keras/versions/2:predict') return send(404, { error: 'Servable not found' });
    const body = JSON.parse(text) as Question['body'];
    this.questions.push({ path, body });
    const userId = Number(body.inputs['userId']?.flat()[0]);
    if (this.refuses(userId)) return send(400, { error: `indices[0,0] = ${userId} is not in [0, 40)` });
    return send(200, { outputs: body.inputs['movieId']?.flat().map((id) => [1 / (1 + Number(id))]) });
  }
}

function column(dtype: string) {
  return {
    dtype,
    tensor_shape: {
      dim: [
        { size: '-1', name: '' },
        { size: '1', name: '' },
      ],
    },
  };
}

describe('a model that others made', () => {
  let serving: KerasServing;
  let ranker: TfServingRanker;
  beforeEach(async () => {
    serving = new KerasServing();
    ranker = openTfServingRanker({
      origin: await serving.listen(),
      modelName: 'keras',
      deadlineMs: DEADLINE_MS,
      lookEveryMs: 60_000,
      waitMs: 60_000,
      currentVersion: () => model.version,
      logger: silentLogger,
    });
  });
  afterEach(async () => {
    await ranker.close();
    serving.close();
  });
  const of = (userId: number | null) => ranker.logits(model, profileOf(userId), ITEMS);
  const byEngine = (userId: number | null) =>
    neuralCFLogits(model.recommender, profileOf(userId).user, ITEMS);

  it('ranks by its own version and in the form that its metadata tell', async () => {
    const logits = (await of(1)) ?? [];
    const movieIds = Array.from(ITEMS, (item) => model.items.externalId(item));
    expect(serving.questions).toEqual([
      {
        path: '/v1/models/keras/versions/2:predict',
        body: {
          signature_name: 'serving_default',
          inputs: { userId: movieIds.map(() => [1]), movieId: movieIds.map((id) => [id]) },
        },
      },
    ]);
    movieIds.forEach((id, place) => expect(logits[place]).toBeCloseTo(-Math.log(id), 4));
    expect([ranker.problem(), ranker.version()]).toEqual([null, 2]);
    // No version of ours is waited for that is never to come.
    expect(await ranker.mayServe(8)).toBe(true);
  });

  it('is not asked about users that it cannot know: the engine scores them', async () => {
    for (const userId of [null, USER_UNKNOWN_TO_MODEL, null, USER_UNKNOWN_TO_MODEL])
      expect(await of(userId)).toEqual(byEngine(userId));
    expect(serving.questions).toEqual([]);
    await of(1);
    expect(ranker.problem()).toBeNull();
  });

  it('that refuses some users goes on ranking the others', async () => {
    serving.refuses = (userId) => userId !== 1;
    for (const userId of [2, 3]) await expect(of(userId)).rejects.toThrow(/answered 400: indices/);
    expect(await of(1)).not.toEqual(byEngine(1));
    for (const userId of [4, 5]) await expect(of(userId)).rejects.toThrow(/answered 400/);
    expect([await of(1), ranker.problem()]).toEqual([expect.any(Float32Array), null]);
    const numQuestions = serving.questions.length;
    expect(await of(2)).toEqual(byEngine(2));
    expect(serving.questions).toHaveLength(numQuestions);
  });

  it('that refuses everybody says so', async () => {
    serving.refuses = () => true;
    for (const userId of [1, 2, 3]) await expect(of(userId)).rejects.toThrow(/answered 400/);
    expect(ranker.problem()).toMatch(/answered 400/);
  });

  it('with movies that were not there at training mixes no scores of two models', async () => {
    const fewer = { ...model, numTrainedItems: 10 };
    const logits = Array.from((await ranker.logits(fewer, profileOf(1), ITEMS)) ?? []);
    const known = logits.slice(0, 4);
    expect(known).toEqual([...known].sort((a, b) => b - a));
    for (const value of logits.slice(4)) expect(known).toContain(value);
  });

  it('that takes something else is no ranker, and the reason is told', async () => {
    serving.signature = { inputs: { image: column('DT_FLOAT') }, outputs: { output_0: column('DT_FLOAT') } };
    await expect(of(1)).rejects.toThrow('takes image instead of userId, movieId');
    expect(ranker.problem()).toMatch(/takes image/);
  });
});
