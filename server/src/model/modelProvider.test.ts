import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  publishArtifact,
  versionDir,
  type DataAtHand,
  type ManifestDraft,
} from '@pocketrocket/schema/artifacts';
import { createLogger } from '@pocketrocket/schema/runtime';
import { MOVIE_IDS, SERVED_SETTINGS, tinyTensors, USER_IDS_KNOWN } from '../test/tinyModel.ts';
import { ModelWatcher } from './modelProvider.ts';

const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });

const DATA: DataAtHand = {
  datasetName: 'tiny',
  datasetIdentity: 'sha256:tiny',
  hasMovie: (movieId) => MOVIE_IDS.includes(movieId),
};

let modelDir: string;
let data: DataAtHand | null;
let watcher: ModelWatcher;

beforeEach(async () => {
  modelDir = await mkdtemp(join(tmpdir(), 'models-'));
  data = DATA;
  watcher = new ModelWatcher({ modelDir, dataAtHand: () => data, logger });
});
afterEach(async () => {
  watcher.close();
  await rm(modelDir, { recursive: true });
});

function publish(changes: Partial<ManifestDraft> = {}, tensors = tinyTensors()): Promise<number> {
  const draft: ManifestDraft = {
    createdAt: new Date().toISOString(),
    recipe: 'quick',
    seed: 1,
    dataset: { name: 'tiny', identity: 'sha256:tiny', synthetic: true },
    counts: { users: 2, items: 3, interactions: 4 },
    algorithms: {},
    serving: { ...SERVED_SETTINGS },
    evaluation: { protocol: 'last-out', seed: 1, users: 2, models: {} },
    ...changes,
  };
  return publishArtifact(modelDir, draft, tensors);
}

describe('ModelWatcher', () => {
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

  it('serves a model that fits, with its ids by row', async () => {
    await publish();
    await watcher.refresh();
    const { model, problem } = watcher.state();
    expect(problem).toBeNull();
    expect(model?.version).toBe(1);
    expect([...(model?.items.ids ?? [])]).toEqual(MOVIE_IDS);
    expect([...(model?.users.ids ?? [])]).toEqual(USER_IDS_KNOWN);
    expect(model?.recommender.numItems).toBe(3);
    expect(model?.recommender.settings).toEqual(SERVED_SETTINGS);
  });

  it('swaps to a newer version while a request keeps the one it began with', async () => {
    await publish();
    await watcher.refresh();
    const begunWith = watcher.state().model;
    await publish();
    watcher.watch(10);
    await until(() => watcher.state().model?.version === 2);
    expect(begunWith?.version).toBe(1);
    expect(begunWith?.recommender.numItems).toBe(3);
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
      /version 2 .* trained on other \(sha256:other\), the database holds tiny/,
    ],
    [
      'that is truncated',
      async () =>
        appendFile(join(versionDir(modelDir, await publish()), 'assets.extra/itemIds.int32'), 'xxxx'),
      /itemIds.int32 has 16 bytes instead of 12/,
    ],
    [
      'whose manifest is broken',
      async () => writeFile(join(versionDir(modelDir, await publish()), 'assets.extra/manifest.json'), '{'),
      /manifest.json is not JSON/,
    ],
    [
      'with wrong settings',
      () => publish({ serving: { userVector: 'median' } }),
      /serving settings are wrong.*userVector/s,
    ],
    [
      'that numbers its movies otherwise',
      () => publish({}, { ...tinyTensors(), itemIds: { shape: [3], data: Int32Array.of(30, 20, 10) } }),
      /itemIds are not distinct and ascending/,
    ],
    ['without a tensor', () => publish({}, withoutVectors()), /version 2 cannot be used/],
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

  it('goes back when the newest version is taken away', async () => {
    await publish();
    await publish();
    await watcher.refresh();
    await rm(versionDir(modelDir, 2), { recursive: true });
    await watcher.refresh();
    expect(watcher.state()).toMatchObject({ model: { version: 1 }, problem: null });
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
    expect(watcher.state().problem).toMatch(/the model directory cannot be read: ENOTDIR/);
    await rm(models);
    await rename(join(modelDir, 'aside'), models);
    await watcher.refresh();
    expect(watcher.state().problem).toBeNull();
  });
});

function withoutVectors() {
  const { itemIds, userIds } = tinyTensors();
  if (!itemIds || !userIds) throw new Error('the tiny model has lost its ids');
  return { itemIds, userIds };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not come to pass within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
