import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  ITEM_IDS,
  publishArtifact,
  publishVersion,
  rollbackVersion,
  USER_IDS,
  versionDir,
  type DataAtHand,
  type Gate,
  type ManifestDraft,
  type Tensor,
} from '@pocketrocket/model/artifact';
import { createLogger } from '@pocketrocket/runtime';
import { makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { toArtifact } from '../test/publish.ts';
import { until } from '@pocketrocket/testing';
import { ModelWatcher } from './modelWatcher.ts';
import { directorySource } from './modelSource.ts';

const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });

const fixture = makeFixture();
const trained = makeModel(fixture);
const { draft, tensors } = toArtifact(trained);

const DATA: DataAtHand = {
  datasetName: 'fixture',
  datasetIdentity: 'sha256:fixture',
  hasMovie: (movieId) => fixture.movies.some((movie) => movie.movieId === movieId),
};

let modelDir: string;
let data: DataAtHand | null;
let watcher: ModelWatcher;

beforeEach(async () => {
  modelDir = await mkdtemp(join(tmpdir(), 'models-'));
  data = DATA;
  watcher = new ModelWatcher({ source: directorySource(modelDir), dataAtHand: () => data, logger });
});
afterEach(async () => {
  jest.restoreAllMocks();
  watcher.close();
  await rm(modelDir, { recursive: true });
});

function publish(
  changes: Partial<ManifestDraft> = {},
  changedTensors: Record<string, Tensor> = {},
): Promise<number> {
  return publishArtifact(modelDir, { ...draft, ...changes }, { ...tensors, ...changedTensors });
}

describe('ModelWatcher', () => {
  it('prepares the model that serves again when movies beside the data set change, and keeps it where that fails', async () => {
    let catalogueVersion = 1;
    let prepared = 0;
    watcher = new ModelWatcher({
      source: directorySource(modelDir),
      dataAtHand: () => ({ ...DATA, catalogueVersion }),
      prepare: async (artifact) => ({
        ...trained,
        version: artifact.manifest.version,
        numTrainedItems: ++prepared,
      }),
      logger,
    });
    const version = await publish();
    await watcher.refresh();
    await watcher.refresh();
    expect([prepared, watcher.state().model?.numTrainedItems]).toEqual([1, 1]);
    catalogueVersion = 2;
    await until('the model is prepared again', async () => {
      await watcher.refresh();
      return watcher.state().model?.numTrainedItems === 2;
    });
    expect(watcher.state()).toMatchObject({ model: { version }, problem: null });
    await rename(versionDir(modelDir, version), join(modelDir, 'elsewhere'));
    catalogueVersion = 3;
    await watcher.refresh();
    expect(watcher.state().model?.numTrainedItems).toBe(2);
  });

  it('prepares it as soon as it has rested, however far off the next look is', async () => {
    // By a clock that stands, a busy machine cannot look too late.
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    let catalogueVersion = 1;
    let prepared = 0;
    watcher = new ModelWatcher({
      source: directorySource(modelDir),
      dataAtHand: () => ({ ...DATA, catalogueVersion }),
      async prepare(artifact) {
        // Long enough to rest after it.
        if (prepared === 1) now += 1_200;
        return { ...trained, version: artifact.manifest.version, numTrainedItems: ++prepared };
      },
      logger,
    });
    await publish();
    await watcher.refresh();
    watcher.watch(60_000);
    for (catalogueVersion of [2, 3]) await watcher.refresh();
    expect(watcher.state().model?.numTrainedItems).toBe(2);
    now += 600;
    await until('the model is prepared once more', () => watcher.state().model?.numTrainedItems === 3);
  });

  it('serves a model until one that was made of it takes its place, and goes on where none could be made', async () => {
    const told: (string | undefined)[] = [];
    let finish: (error?: Error) => void = () => undefined;
    const completing = () =>
      new ModelWatcher({
        source: directorySource(modelDir),
        dataAtHand: () => data,
        logger,
        complete: (model) =>
          new Promise((resolve, reject) => {
            finish = (error) => (error ? reject(error) : resolve({ ...model, numTrainedItems: 1 }));
          }),
        onState: ({ model }, release) =>
          told.push(model && release ? String(model.numTrainedItems) : undefined),
      });
    await publish();
    watcher = completing();
    await watcher.refresh();
    const first = watcher.state().model;
    finish();
    await until('the whole model serves', () => watcher.state().model !== first);
    expect(told).toEqual([String(first?.numTrainedItems), '1']);
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { numTrainedItems: 1 }, problem: null });

    watcher = completing();
    await watcher.refresh();
    const partial = watcher.state().model;
    finish(new Error('no room'));
    await watcher.pollNow();
    expect(watcher.state()).toEqual({ model: partial, problem: null });
  });

  it('says that there is no model', async () => {
    await watcher.refresh();
    expect(watcher.state()).toEqual({ model: null, problem: 'no model has been trained yet' });
  });

  it('says that there is no data', async () => {
    data = null;
    await publish();
    await watcher.refresh();
    expect(watcher.state()).toEqual({ model: null, problem: 'the database holds no data set yet' });
    data = DATA;
    await watcher.refresh();
    expect(watcher.state().model?.version).toBe(1);
  });

  it('serves a model that fits, the same that was trained', async () => {
    await publish();
    await watcher.refresh();
    const { model, problem } = watcher.state();
    expect(problem).toBeNull();
    expect(model?.version).toBe(1);
    expect(model?.items.ids).toEqual(trained.items.ids);
    expect(model?.users.ids).toEqual(trained.users.ids);
    expect(model?.recommender).toEqual(trained.recommender);
  });

  it('swaps to a newer version while a request keeps the one it began with', async () => {
    await publish();
    await watcher.refresh();
    const begunWith = watcher.state().model;
    await publish();
    watcher.watch(10);
    await until('version 2 serves', () => watcher.state().model?.version === 2, 5_000);
    expect(begunWith?.version).toBe(1);
    expect(begunWith?.recommender.numItems).toBe(trained.items.size);
  });

  it('keeps the very same model while nothing changes', async () => {
    await publish();
    await watcher.refresh();
    const before = watcher.state();
    await watcher.refresh();
    expect(watcher.state()).toBe(before);
  });

  const misfits: [string, () => Promise<unknown>, RegExp][] = [
    [
      'of other data',
      () => publish({ dataset: { name: 'other', identity: 'sha256:other', synthetic: false } }),
      /version 2 .* trained on other \(sha256:other\), the database holds fixture/,
    ],
    [
      'that is truncated',
      async () =>
        appendFile(join(versionDir(modelDir, await publish()), 'assets.extra/itemIds.int32'), 'xxxx'),
      /itemIds.int32 has \d+ bytes instead of \d+/,
    ],
    [
      'whose manifest is broken',
      async () => writeFile(join(versionDir(modelDir, await publish()), 'assets.extra/manifest.json'), '{'),
      /manifest.json is not JSON/,
    ],
    [
      'with wrong settings',
      () => publish({ serving: { ...draft.serving, numCandidates: 0 } }),
      /serving settings are wrong.*numCandidates/s,
    ],
    [
      'that numbers its movies otherwise',
      () => publish({}, { [ITEM_IDS]: reversed(ITEM_IDS) }),
      /itemIds are not distinct and ascending/,
    ],
    [
      'with a user too many',
      () => publish({}, { [USER_IDS]: { shape: [1], data: Int32Array.of(1) } }),
      /it has 1 userIds for \d+ rows/,
    ],
    [
      'of which only the ids are there',
      () =>
        publishArtifact(modelDir, draft, { [ITEM_IDS]: tensorOf(ITEM_IDS), [USER_IDS]: tensorOf(USER_IDS) }),
      /version 2 cannot be used/,
    ],
    [
      'that names movies the database lacks',
      () =>
        publish(
          {},
          {
            [ITEM_IDS]: {
              shape: tensorOf(ITEM_IDS).shape,
              data: tensorOf(ITEM_IDS).data.map((id) => id + 1000),
            },
          },
        ),
      /it names 119 movies that the database lacks, such as 1001/,
    ],
  ];

  it.each(misfits)(
    'refuses a newer version %s and keeps the old one',
    async (_what, publishMisfit, reason) => {
      await publish();
      await watcher.refresh();
      const old = watcher.state().model;
      await publishMisfit();
      await watcher.refresh();
      expect(watcher.state().model).toBe(old);
      expect(watcher.state().problem).toMatch(reason);
    },
  );

  it.each(misfits)(
    'starts with the older version where the newer one is %s',
    async (_what, publishMisfit, reason) => {
      await publish();
      await publishMisfit();
      await watcher.refresh();
      expect(watcher.state().model?.version).toBe(1);
      expect(watcher.state().problem).toMatch(reason);
    },
  );

  it('keeps what serves until the newer version may, and asks about no other', async () => {
    let isReady = false;
    const asked: number[] = [];
    const mayServe = async (version: number) => {
      asked.push(version);
      return isReady;
    };
    watcher = new ModelWatcher({
      source: directorySource(modelDir),
      dataAtHand: () => data,
      logger,
    });
    watcher.setGate(mayServe);
    await publish();
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 1 }, problem: null });
    expect(asked).toEqual([]);
    await publish();
    for (let look = 0; look < 2; look++) {
      await watcher.refresh();
      expect(watcher.state()).toMatchObject({
        model: { version: 1 },
        problem: 'model version 2 waits until TensorFlow Serving has it',
      });
    }
    isReady = true;
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 2 }, problem: null });
    expect(asked).toEqual([2, 2, 2]);
  });

  it('goes back when the newest version is taken away', async () => {
    await publish();
    await publish();
    await watcher.refresh();
    await rm(versionDir(modelDir, 2), { recursive: true });
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 1 }, problem: null });
  });

  it('serves what is published, not what is only written, and follows a rollback', async () => {
    await publish();
    await publish();
    await publishVersion(modelDir, 2, new Date());
    await publish();
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 2 }, problem: null });
    await publishVersion(modelDir, 3, new Date());
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 3 }, problem: null });
    await rollbackVersion(modelDir, new Date());
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 2 }, problem: null });
  });

  it('serves nothing that the gate refused, also where nothing else is there', async () => {
    const gate: Gate = {
      decision: 'refused',
      forced: false,
      reasons: ['it does not beat popularity'],
      metric: 'ndcgAt10',
      users: 1,
      candidate: 0,
      popularity: 0.1,
      serving: null,
      difference: null,
    };
    await publish({ gate });
    await watcher.refresh();
    expect(watcher.state()).toEqual({ model: null, problem: 'no model has been trained yet' });
    await publishVersion(modelDir, 1, new Date());
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 1 }, problem: null });
  });

  it('keeps the model while the pointer cannot be understood', async () => {
    await publish();
    await publishVersion(modelDir, 1, new Date());
    await watcher.refresh();
    await writeFile(join(modelDir, 'recmodel', 'current.json'), '{}');
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 1 } });
    // Neither where that is nor what to run: this text is for strangers too.
    expect(watcher.state().problem).toBe(
      'the model directory cannot be read: current.json cannot be understood',
    );
  });

  it('keeps serving when every version is taken away, and takes the first of a new start', async () => {
    await publish({ createdAt: '2026-01-01T00:00:00.000Z' });
    await watcher.refresh();
    await rm(versionDir(modelDir, 1), { recursive: true });
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({
      model: { version: 1 },
      problem: 'no model has been trained yet',
    });
    await publish({ createdAt: '2026-02-02T00:00:00.000Z' });
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({
      model: { version: 1, manifest: { createdAt: '2026-02-02T00:00:00.000Z' } },
      problem: null,
    });
  });

  it('serves nothing when the data are replaced under the model', async () => {
    await publish();
    await watcher.refresh();
    data = { ...DATA, datasetName: 'new', datasetIdentity: 'sha256:new' };
    await watcher.refresh();
    expect(watcher.state().model).toBeNull();
    expect(watcher.state().problem).toMatch(/the database holds new/);
  });

  it('keeps the model when the directory cannot be read, and recovers', async () => {
    await publish();
    await watcher.refresh();
    const models = join(modelDir, 'recmodel');
    await rename(models, join(modelDir, 'aside'));
    await writeFile(models, 'a file, no folder');
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 1 } });
    expect(watcher.state().problem).toMatch(/the model directory cannot be read: .*ENOTDIR/);
    await rm(models);
    await rename(join(modelDir, 'aside'), models);
    await watcher.refresh();
    expect(watcher.state().problem).toBeNull();
  });
});

function tensorOf(name: string): Tensor {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`the model has no ${name}`);
  return tensor;
}

function reversed(name: string): Tensor {
  const { shape, data } = tensorOf(name);
  return { shape, data: data.slice().reverse() };
}
