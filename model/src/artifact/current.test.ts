import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isRefusedByGate,
  listVersions,
  pruneVersions,
  publishArtifact,
  publishVersion,
  readCurrentVersion,
  readManifest,
  rollbackVersion,
  servedArtifact,
  servingOrder,
  versionDir,
  type DataAtHand,
  type Gate,
  type ManifestDraft,
} from './index.ts';

const draft: ManifestDraft = {
  createdAt: '2026-01-02T03:04:05.000Z',
  recipe: 'quick',
  seed: 42,
  dataset: { name: 'tiny', identity: 'sha256:1', synthetic: true },
  counts: { users: 2, items: 3, interactions: 4 },
  algorithms: {},
  serving: {},
  evaluation: { protocol: 'last-out-sampled', seed: 1, users: 2, models: {} },
};
const tensors = {
  itemIds: { shape: [3], data: new Int32Array([5, 7, 2_147_483_647]) },
  outVectors: { shape: [3, 2], data: new Float32Array([0.1, -1, 2, 3, 4, 5]) },
};
const dataAtHand: DataAtHand = { datasetName: 'tiny', datasetIdentity: 'sha256:1', hasMovie: () => true };
const REFUSED: Gate = {
  decision: 'refused',
  forced: false,
  reasons: ['it does not beat popularity'],
  metric: 'ndcgAt10',
  users: 2,
  candidate: 0.1,
  popularity: 0.2,
  serving: null,
  difference: null,
};
const NOW = new Date('2026-03-04T05:06:07.000Z');

let modelDir: string;
beforeEach(() => {
  modelDir = join(mkdtempSync(join(tmpdir(), 'pocketrocket-current-')), 'models');
});
const fileOf = (version: number, name: string) => join(versionDir(modelDir, version), 'assets.extra', name);
const write = (gate?: Gate) => publishArtifact(modelDir, { ...draft, gate }, tensors);
const publish = (version: number) => publishVersion(modelDir, version, NOW);
const servedVersion = async () =>
  (await servedArtifact(modelDir, dataAtHand)).artifact?.manifest.version ?? null;

describe('what serves', () => {
  it('is the newest that the gate did not refuse, until somebody chooses', async () => {
    await write();
    await write();
    await write(REFUSED);
    expect(await readCurrentVersion(modelDir)).toBeNull();
    expect(await servingOrder(modelDir)).toEqual([2, 1]);
    expect(await servedVersion()).toBe(2);
    await write({ ...REFUSED, forced: true });
    expect(await servedVersion()).toBe(4);
    expect(isRefusedByGate(await readManifest(modelDir, 4))).toBe(false);
    expect(isRefusedByGate(await readManifest(modelDir, 3))).toBe(true);
  });

  it('is what was published, also an older one, and one that the gate refused', async () => {
    for (let i = 0; i < 3; i++) await write(i === 2 ? REFUSED : undefined);
    await publish(1);
    expect(await servedVersion()).toBe(1);
    expect(await readCurrentVersion(modelDir)).toEqual({
      version: 1,
      earlier: [2],
      changedAt: '2026-03-04T05:06:07.000Z',
    });
    await publish(3);
    expect(await servingOrder(modelDir)).toEqual([3, 1, 2]);
    // What is only written, as by a trainer whose model was refused, changes nothing.
    await write();
    expect(await servedVersion()).toBe(3);
    expect(readdirSync(join(modelDir, 'recmodel')).sort()).toEqual(['1', '2', '3', '4', 'current.json']);
  });

  it('falls back to what was published before where the published one is broken', async () => {
    for (let i = 0; i < 3; i++) await write();
    await publish(3);
    await publish(2);
    truncateSync(fileOf(2, 'outVectors.float32'), 10);
    const { artifact, refused } = await servedArtifact(modelDir, dataAtHand);
    expect(artifact?.manifest.version).toBe(3);
    expect(refused).toEqual([{ version: 2, reason: expect.stringContaining('10 bytes instead of 24') }]);
  });

  it('says what to do about a pointer that cannot be understood, which publishing replaces', async () => {
    await write();
    await publish(1);
    writeFileSync(join(modelDir, 'recmodel', 'current.json'), '{"version":');
    await expect(servingOrder(modelDir)).rejects.toMatchObject({
      code: 'ARTIFACT_INVALID',
      message: expect.stringMatching(/current\.json cannot be understood; .*publish <version>/),
    });
    await publish(1);
    expect(await servedVersion()).toBe(1);
  });
});

describe('two that publish at once', () => {
  it('are told apart: one wins whole, the other says so and changes nothing', async () => {
    for (let i = 0; i < 3; i++) await write();
    await publish(1);
    const expected = await readCurrentVersion(modelDir);
    const outcomes = await Promise.allSettled(
      [2, 3].map((version) => publishVersion(modelDir, version, new Date(), expected)),
    );
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toHaveLength(1);
    expect(await readCurrentVersion(modelDir)).toEqual(won[0]);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: {
        code: 'CONFLICT',
        message: expect.stringMatching(
          /version [23] was not published: meanwhile version [23] was published\. .*publish [23]/,
        ),
      },
    });
  });

  it('lose no change where each only wants its own in', async () => {
    for (let i = 0; i < 6; i++) await write();
    await Promise.all([1, 2, 3, 4, 5, 6].map(publish));
    expect((await servingOrder(modelDir)).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(readdirSync(join(modelDir, 'recmodel')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('do not wait for one that was killed', async () => {
    await write();
    const lock = join(modelDir, 'recmodel', '.current.lock');
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
    await publish(1);
    expect(await servedVersion()).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });
});

describe('publishVersion', () => {
  it('is not refused because old versions were removed meanwhile', async () => {
    for (let i = 0; i < 4; i++) {
      await write();
      await publish(i + 1);
    }
    const expected = await readCurrentVersion(modelDir);
    expect(await pruneVersions(modelDir, 1, new Date())).toEqual([2, 1]);
    expect(await readCurrentVersion(modelDir)).not.toEqual(expected);
    await write();
    expect(await publishVersion(modelDir, 5, NOW, expected)).toMatchObject({ version: 5, earlier: [4, 3] });
  });
});

describe('rollbackVersion', () => {
  it('goes back once where two go back at once, and the other says so', async () => {
    for (let i = 0; i < 3; i++) {
      await write();
      await publish(i + 1);
    }
    const expected = await readCurrentVersion(modelDir);
    const outcomes = await Promise.allSettled([1, 2].map(() => rollbackVersion(modelDir, NOW, expected)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: {
        code: 'CONFLICT',
        message: expect.stringContaining('nothing was rolled back: meanwhile version 2'),
      },
    });
    expect(await readCurrentVersion(modelDir)).toMatchObject({ version: 2 });
  });

  it('goes back one publication at a time, over versions that are gone, and says when it is at the end', async () => {
    for (let i = 0; i < 4; i++) await write();
    for (const version of [1, 2, 3, 4]) await publish(version);
    rmSync(versionDir(modelDir, 3), { recursive: true });
    expect(await rollbackVersion(modelDir, NOW)).toMatchObject({ version: 2, earlier: [1] });
    expect(await servedVersion()).toBe(2);
    expect(await rollbackVersion(modelDir, NOW)).toMatchObject({ version: 1, earlier: [] });
    await expect(rollbackVersion(modelDir, NOW)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('no version was published before version 1'),
    });
    expect(await servedVersion()).toBe(1);
  });

  it('goes back also where nobody has chosen yet', async () => {
    await expect(rollbackVersion(modelDir, NOW)).rejects.toThrow('nothing is published');
    await write();
    await write();
    expect(await rollbackVersion(modelDir, NOW)).toMatchObject({ version: 1, earlier: [] });
    expect(await servedVersion()).toBe(1);
  });
});

describe('pruneVersions', () => {
  it('keeps the newest, the one that serves and the one before it', async () => {
    for (let i = 0; i < 6; i++) await write();
    for (const version of [3, 1, 2]) await publish(version);
    expect(await pruneVersions(modelDir, 1, NOW)).toEqual([5, 4, 3]);
    expect(await listVersions(modelDir)).toEqual([6, 2, 1]);
    // 6 was the newest when somebody chose for the first time.
    expect(await servingOrder(modelDir)).toEqual([2, 1, 6]);
    expect(await rollbackVersion(modelDir, NOW)).toMatchObject({ version: 1 });
    expect(await pruneVersions(modelDir, 9, NOW)).toEqual([]);
    expect(existsSync(fileOf(1, 'manifest.json'))).toBe(true);
  });

  it('keeps the version that a rollback would really reach', async () => {
    for (let i = 0; i < 4; i++) await write();
    for (const version of [1, 2, 3]) await publish(version);
    writeFileSync(fileOf(2, 'manifest.json'), '{');
    expect(await pruneVersions(modelDir, 1, NOW)).toEqual([2]);
    expect(await rollbackVersion(modelDir, NOW)).toMatchObject({ version: 1 });
  });

  it('leaves nothing half removed', async () => {
    await write();
    await write();
    await write();
    await pruneVersions(modelDir, 1, NOW);
    expect(readdirSync(join(modelDir, 'recmodel')).sort()).toEqual(['2', '3']);
    expect(readFileSync(fileOf(3, 'itemIds.int32')).length).toBe(12);
  });
});

describe('servedArtifact', () => {
  it('takes the newest that fits where nobody has chosen, and names what is wrong with newer ones', async () => {
    await publishArtifact(modelDir, draft, tensors);
    await publishArtifact(
      modelDir,
      { ...draft, dataset: { ...draft.dataset, name: 'other', identity: 'sha256:2' } },
      tensors,
    );
    await publishArtifact(modelDir, draft, tensors);
    truncateSync(fileOf(3, 'outVectors.float32'), 10);
    await publishArtifact(modelDir, draft, tensors);
    const altered = readFileSync(fileOf(4, 'outVectors.float32'));
    altered[0] = (altered[0] ?? 0) ^ 1;
    writeFileSync(fileOf(4, 'outVectors.float32'), altered);
    await publishArtifact(modelDir, draft, tensors);
    writeFileSync(fileOf(5, 'manifest.json'), '{"format":');
    await publishArtifact(modelDir, draft, tensors);
    writeFileSync(fileOf(6, 'manifest.json'), '{"format":2}');
    mkdirSync(versionDir(modelDir, 7), { recursive: true });

    const { artifact, refused } = await servedArtifact(modelDir, dataAtHand);
    expect(artifact?.manifest.version).toBe(1);
    expect(refused.map(({ version }) => version)).toEqual([7, 6, 5, 4, 3, 2]);
    const reason = (version: number) => refused.find((one) => one.version === version)?.reason;
    expect(reason(7)).toMatch(/manifest.json cannot be read/);
    expect(reason(6)).toMatch(/manifest.json is not valid.*format/s);
    expect(reason(5)).toMatch(/not JSON/);
    expect(reason(4)).toMatch(/outVectors.float32 was altered/);
    expect(reason(3)).toMatch(/has 10 bytes instead of 24/);
    expect(reason(2)).toMatch(/trained on other \(sha256:2\), the database holds tiny \(sha256:1\)/);
  });

  it('has nothing to serve where nothing was published', async () => {
    expect(await servedArtifact(modelDir, dataAtHand)).toEqual({ artifact: null, refused: [] });
  });

  it('says which setting to mend where the folder cannot be read', async () => {
    mkdirSync(modelDir);
    writeFileSync(join(modelDir, 'file'), '');
    const unreadable = { code: 'ENVIRONMENT', message: expect.stringMatching(/cannot be read.*MODEL_DIR/) };
    await expect(readCurrentVersion(join(modelDir, 'file'))).rejects.toMatchObject(unreadable);
    await expect(listVersions(join(modelDir, 'file'))).rejects.toMatchObject(unreadable);
  });
});
