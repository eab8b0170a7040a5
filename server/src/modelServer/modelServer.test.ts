import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SAVED_MODEL_FILE } from '@pocketrocket/model/savedModel';
import { silentLogger } from '../test/api.ts';
import { makeFixture } from '../test/fixture.ts';
import { makeModel, withSequence } from '../test/model.ts';
import { publishWithSavedModel } from '../test/savedModel.ts';
import { spawnModelServer } from '../test/serverProcess.ts';
import { testTfServing, type Upstream } from '../test/tfServingContract.ts';
import { until } from '@pocketrocket/testing';
import { ModelVersions, type ModelVersionsOptions } from './modelVersions.ts';
import { startModelServer } from './modelServer.ts';

describe('model-server', () => {
  testTfServing(async (modelDir) => {
    const server = spawnModelServer(modelDir);
    const url = await server.url;
    // The highest version is loaded first.
    await until(
      'version 1 is loaded',
      async () => (await fetch(`${url}/v1/models/recmodel/versions/1/metadata`)).ok,
    );
    return {
      url,
      async stop() {
        server.child.kill('SIGTERM');
        expect(await server.exited).toBe(0);
      },
    };
  });
});

/**
 * Sentences and codes here are facts from tensorflow/serving: util/json_tensor.cc (requests), model_servers/server_core.cc (labels),
 * http_rest_api_util.cc (paths), servables/tensorflow/{classifier,regressor}.cc (methods), its documentation's api_rest (metadata).
 */
describe('what only TensorFlow Serving itself says', () => {
  let modelDir: string;
  let server: Upstream;
  beforeAll(async () => {
    modelDir = await mkdtemp(join(tmpdir(), 'models-'));
    await publishWithSavedModel(modelDir, withSequence(makeModel(makeFixture())));
    server = await startModelServer({
      dir: modelDir,
      latestOnly: false,
      modelName: 'recmodel',
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 1_000_000,
      logger: silentLogger,
    });
    await until(
      'a version is loaded',
      async () => (await fetch(`${server.url}/v1/models/recmodel/metadata`)).status === 200,
    );
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await rm(modelDir, { recursive: true, force: true });
  });
  const post = async (path: string, body: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${server.url}/v1/models/recmodel${path}`, { method: 'POST', body: text });
    const { error } = (await response.json()) as { error?: string };
    return { status: response.status, error };
  };
  const one = { userId: 1, movieId: 2 };

  it('is asked for the model by the name that all processes share, unless it is given another', async () => {
    const named = spawnModelServer(modelDir, [], { MODEL_NAME: 'films' });
    const url = await named.url;
    await until('films are there', async () => (await fetch(`${url}/v1/models/films`)).ok);
    expect((await fetch(`${url}/v1/models/recmodel`)).status).toBe(404);
    named.child.kill('SIGTERM');
    expect(await named.exited).toBe(0);
  });

  it.each<[string, unknown, string]>([
    ['{"inputs": [1, 2}', 'text', 'JSON Parse error: Invalid value. at offset: 16'],
    ['[1]', 'text', 'JSON Value: [\n    1\n] Is not object'],
    [
      '{"signature_name": 100}',
      'text',
      'JSON Value: {\n    "signature_name": 100\n} not formatted correctly. \'signature_name\' key must be a string value.',
    ],
    [
      '{"instances": 1}',
      'text',
      'JSON Value: {\n    "instances": 1\n} Excepting \'instances\' to be an list/array',
    ],
    ['{"instances": []}', 'text', 'JSON Value: {\n    "instances": []\n} No values in \'instances\' array'],
    [
      'plain instances',
      { instances: [1, 2] },
      'instances is a plain list, but expecting list of objects as multiple input tensors required as per tensorinfo_map',
    ],
    [
      'plain inputs',
      { inputs: [1, 2] },
      'inputs is a plain value/list, but expecting an object as multiple input tensors required as per tensorinfo_map',
    ],
    [
      'a list among instances',
      { instances: [one, [1]] },
      'Expecting object but got list at item 1 of input list',
    ],
    [
      'a string for an id',
      { inputs: { userId: ['x'], movieId: [2] } },
      'JSON Value: "x" Type: String is not of expected type: int32',
    ],
    [
      'a fraction for an id',
      { inputs: { userId: [1.5], movieId: [2] } },
      'JSON Value: 1.5 Type: Number is not of expected type: int32',
    ],
    [
      'an id beyond int32',
      { inputs: { userId: [2 ** 31], movieId: [2] } },
      'JSON Value: 2147483648 Type: Number is not of expected type: int32',
    ],
    [
      'a string for a number',
      { signature_name: 'user_vector', inputs: { userVector: [[true]], movieId: [2] } },
      'JSON Value: true Type: True is not of expected type: float',
    ],
    [
      'a whole number that float32 does not have',
      { signature_name: 'user_vector', inputs: { userVector: [[16777217]], movieId: [2] } },
      'Cannot convert JSON value: 16777217 to float without loss of precision.',
    ],
    [
      'lists of several sizes',
      { signature_name: 'user_vector', inputs: { userVector: [[1], [1, 2]], movieId: [2] } },
      'Encountered list at unexpected size: 2 at level: 1 expected size: 1',
    ],
    [
      'numbers among lists',
      { inputs: { userId: [[1], 2], movieId: [2] } },
      'JSON Value: 2 found at incorrect level: 2 in the JSON DOM. Expected at level: 2',
    ],
    [
      'lists among numbers',
      { inputs: { userId: [1, [2]], movieId: [2] } },
      'Encountered list at unexpected level: 1 expected < 1',
    ],
    [
      'an unknown input in a row',
      { instances: [{ ...one, other: 1 }] },
      "Failed to process element: 0 key: other of 'instances' list. Error: INVALID_ARGUMENT: JSON object: does not have named input: other",
    ],
    [
      'rows of several shapes',
      {
        signature_name: 'user_vector',
        instances: [
          { userVector: [1, 2], movieId: 2 },
          { userVector: [1], movieId: 2 },
        ],
      },
      "Failed to process element: 1 key: userVector of 'instances' list. Error: INVALID_ARGUMENT: Expecting tensor size: 2 but got: 1",
    ],
    [
      'a row without an input',
      { instances: [{ userId: 1 }] },
      'Failed to process element: 0 of \'instances\' list. JSON object: {\n    "userId": 1\n} keys must be equal to: movieId,userId',
    ],
  ])('refuses %s: %j', async (what, body, error) => {
    expect(await post(':predict', body === 'text' ? what : body)).toEqual({ status: 400, error });
  });

  it('takes one form of inputs at a time', async () => {
    const { status, error } = await post(':predict', {
      instances: [one],
      inputs: { userId: [1], movieId: [2] },
    });
    expect(status).toBe(400);
    expect(error).toMatch(
      /Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist $/,
    );
  });

  it.each([
    ['/labels/canary:predict', { instances: [one] }, 400, 'Unrecognized servable version label: canary'],
    [
      `/versions/${2n ** 64n}:predict`,
      { instances: [one] },
      400,
      'Failed to convert version: 18446744073709551616 to numeric.',
    ],
    [
      ':classify',
      { examples: [one] },
      400,
      'Expected classification signature method_name to be tensorflow/serving/classify. Was: tensorflow/serving/predict',
    ],
    [
      ':regress',
      { examples: [one] },
      400,
      'Expected regression signature method_name to be tensorflow/serving/regress. Was: tensorflow/serving/predict',
    ],
    ['/versions/one:predict', {}, 400, 'Malformed request: POST /v1/models/recmodel/versions/one:predict'],
  ])('refuses %s', async (path, body, status, error) => {
    expect(await post(path, body)).toEqual({ status, error });
  });

  it('refuses shapes that are not the signature’s', async () => {
    const vector = { signature_name: 'user_vector', inputs: { userVector: [[1, 2, 3]], movieId: [2] } };
    expect(await post(':predict', vector)).toEqual({
      status: 400,
      error: 'Input userVector has shape [1,3], expected [1,16]',
    });
    expect(await post(':predict', { inputs: { userId: 1, movieId: [2] } })).toEqual({
      status: 400,
      error: 'Input userId has shape [], expected [-1]',
    });
    const histories = { signature_name: 'next_item', inputs: { history: [[1], [2]], movieId: [2] } };
    expect(await post(':predict', histories)).toEqual({
      status: 400,
      error: 'Input history has shape [2,1], expected [1,-1]',
    });
  });

  it('answers NaN with NaN, which is no JSON', async () => {
    const body = `{"signature_name": "user_vector", "inputs": {"userVector": [[${Array(16).fill('NaN').join()}]], "movieId": [2]}}`;
    const response = await fetch(`${server.url}/v1/models/recmodel:predict`, { method: 'POST', body });
    expect({ status: response.status, text: await response.text() }).toEqual({
      status: 200,
      text: '{"outputs": [[NaN]]}',
    });
  });

  it('tells what the signatures take and give, as protobuf writes it', async () => {
    const response = await fetch(`${server.url}/v1/models/recmodel/versions/1/metadata`);
    const dim = (...sizes: string[]) => ({
      dim: sizes.map((size) => ({ size, name: '' })),
      unknown_rank: false,
    });
    const movieId = { dtype: 'DT_INT32', tensor_shape: dim('-1'), name: 'movieId:0' };
    const output = (name: string) => ({
      probability: { dtype: 'DT_FLOAT', tensor_shape: dim('-1', '1'), name: `${name}/probability:0` },
    });
    const shared = { method_name: 'tensorflow/serving/predict', defaults: {} };
    expect(await response.json()).toEqual({
      model_spec: { name: 'recmodel', signature_name: '', version: '1' },
      metadata: {
        signature_def: {
          signature_def: {
            serving_default: {
              inputs: { userId: { dtype: 'DT_INT32', tensor_shape: dim('-1'), name: 'userId:0' }, movieId },
              outputs: output('serving_default'),
              ...shared,
            },
            user_vector: {
              inputs: {
                userVector: { dtype: 'DT_FLOAT', tensor_shape: dim('1', '16'), name: 'userVector:0' },
                movieId,
              },
              outputs: output('user_vector'),
              ...shared,
            },
            next_item: {
              inputs: {
                history: { dtype: 'DT_INT32', tensor_shape: dim('1', '-1'), name: 'history:0' },
                movieId,
              },
              outputs: {
                score: { dtype: 'DT_FLOAT', tensor_shape: dim('-1', '1'), name: 'next_item/score:0' },
              },
              ...shared,
            },
          },
        },
      },
    });
  });

  it('answers up to 10,000 rows, and refuses more', async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
    const response = await fetch(`${server.url}/v1/models/recmodel:predict`, {
      method: 'POST',
      body: JSON.stringify({ inputs: { userId: ids(10_000), movieId: ids(10_000) } }),
    });
    const { outputs } = (await response.json()) as { outputs: number[][] };
    expect(outputs).toHaveLength(10_000);
    const error = 'The request has 10001 rows, at most 10000 are allowed';
    expect(await post(':predict', { inputs: { userId: [1], movieId: ids(10_001) } })).toEqual({
      status: 400,
      error,
    });
    expect(await post(':predict', { instances: Array(10_001).fill(one) })).toEqual({ status: 400, error });
  });

  it.each<[string, string, number]>([
    ['a body of 5 MB', 'x'.repeat(5_000_000), 413],
    ['no JSON', 'x'.repeat(900_000), 400],
    ['a string without end', '"' + '\\"'.repeat(400_000), 400],
    ['lists in lists', '['.repeat(900_000), 400],
    ['objects in objects', '{"inputs":'.repeat(90_000), 400],
    ['a long list', `[${'NaN,'.repeat(200_000)}1]`, 400],
    ['a long name', `{"instances":[{"${'n'.repeat(900_000)}":1}]}`, 400],
    ['a long signature', `{"signature_name":"${'n'.repeat(900_000)}","inputs":{}}`, 400],
    ['a long value', `{"inputs":{"userId":["${'n'.repeat(900_000)}"],"movieId":[1]}}`, 400],
    [
      'lists as a value',
      `{"inputs":{"userId":${'['.repeat(9)}[1${',1'.repeat(400_000)}]${']'.repeat(9)}}}`,
      400,
    ],
    ['a member of every object', '{"instances":[{"constructor":1,"userId":1,"movieId":2}]}', 400],
    ['the prototype of every object', '{"instances":[{"__proto__":1,"userId":1,"movieId":2}]}', 400],
  ])('refuses %s soon, with few words, while others are answered', async (_what, body, status) => {
    const begunAt = performance.now();
    const refused = post(':predict', body);
    const health = fetch(`${server.url}/v1/models/recmodel`);
    const answer = await refused;
    expect(answer.status).toBe(status);
    expect(answer.error?.length).toBeLessThan(400);
    expect((await health).status).toBe(200);
    expect(performance.now() - begunAt).toBeLessThan(2_000);
  });

  it('refuses a long path and a long number of a version with few words', async () => {
    for (const path of [`/${'x'.repeat(10_000)}`, `/versions/${'9'.repeat(10_000)}:predict`]) {
      const { status, error } = await post(path, {});
      expect(status).toBe(400);
      expect(error?.length).toBeLessThan(300);
    }
  });

  it('has nothing outside of /v1', async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(404);
  });
});

describe('versions', () => {
  let source: string;
  let dir: string;
  beforeAll(async () => {
    source = await mkdtemp(join(tmpdir(), 'models-'));
    await publishWithSavedModel(source, makeModel(makeFixture()));
  }, 60_000);
  afterAll(() => rm(source, { recursive: true, force: true }));

  const open = async (options: Partial<ModelVersionsOptions> = {}) => {
    dir = await mkdtemp(join(tmpdir(), 'versions-'));
    return new ModelVersions({ dir, latestOnly: false, logger: silentLogger, ...options });
  };
  const add = async (version: number | string) => {
    await mkdir(join(dir, String(version)));
    await copyFile(
      join(source, 'recmodel', '1', SAVED_MODEL_FILE),
      join(dir, String(version), SAVED_MODEL_FILE),
    );
  };
  const states = (versions: ModelVersions) =>
    versions.statuses().map(({ version, state }) => `${version} ${state}`);

  it('are loaded from folders of any spelling of their number', async () => {
    const versions = await open();
    await add('001');
    await add('0020');
    await versions.refresh();
    expect(states(versions)).toEqual(['20 AVAILABLE', '1 AVAILABLE']);
    await add(1);
    await rm(join(dir, '001'), { recursive: true });
    await versions.refresh();
    expect(states(versions)).toEqual(['20 AVAILABLE', '1 AVAILABLE']);
    expect(versions.servable(1)?.version).toBe(1);
  });

  it('appear and vanish with their folders, which may be the model folder itself', async () => {
    const versions = await open();
    await versions.refresh();
    expect(versions.statuses()).toEqual([]);
    await add(3);
    await add(10);
    await mkdir(join(dir, '.staging-1'));
    await versions.refresh();
    expect(states(versions)).toEqual(['10 AVAILABLE', '3 AVAILABLE']);
    expect(versions.servable(null)?.version).toBe(10);
    await rm(join(dir, '10'), { recursive: true });
    await versions.refresh();
    expect(states(versions)).toEqual(['10 END', '3 AVAILABLE']);
    expect(versions.servable(null)?.version).toBe(3);
    expect(versions.servable(10)).toBeNull();
    await add(10);
    await versions.refresh();
    expect(versions.servable(10)?.version).toBe(10);
  });

  it('are loading until they are loaded', async () => {
    const versions = await open();
    await add(1);
    const looking = versions.refresh();
    await until('a version is there', () => versions.statuses().length > 0);
    expect(['1 START', '1 LOADING', '1 AVAILABLE']).toContain(states(versions)[0]);
    await looking;
    expect(states(versions)).toEqual(['1 AVAILABLE']);
  });

  it('are the newest alone where asked so, the old one until the new one is loaded', async () => {
    const versions = await open({ latestOnly: true });
    await add(1);
    await versions.refresh();
    await mkdir(join(dir, '2'));
    await writeFile(join(dir, '2', SAVED_MODEL_FILE), 'half');
    await rename(join(dir, '2'), join(dir, '4'));
    await add(2);
    await versions.refresh();
    // 4 is the newest, and cannot be loaded; 1 is let go all the same, as the policy says.
    expect(states(versions)).toEqual(['4 LOADING', '1 END']);
    await rm(join(dir, '4'), { recursive: true });
    await versions.refresh();
    expect(states(versions)).toEqual(['4 END', '2 AVAILABLE', '1 END']);
  });

  it('are tried six times, then left until another file lies there', async () => {
    const versions = await open();
    await mkdir(join(dir, '1'));
    await writeFile(join(dir, '1', SAVED_MODEL_FILE), 'half');
    for (let attempt = 1; attempt <= 5; attempt++) {
      await versions.refresh();
      expect(states(versions)).toEqual(['1 LOADING']);
    }
    await versions.refresh();
    expect(versions.statuses()).toMatchObject([
      { state: 'END', problem: expect.stringContaining('not a SavedModel of PocketRocket') },
    ]);
    await versions.refresh();
    expect(states(versions)).toEqual(['1 END']);
    await rm(join(dir, '1'), { recursive: true });
    await add(1);
    await versions.refresh();
    expect(states(versions)).toEqual(['1 AVAILABLE']);
  });
});
