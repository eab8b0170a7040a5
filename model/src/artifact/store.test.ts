import { beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  listVersions,
  misfitOf,
  publishArtifact,
  readArtifact,
  removeStaleStaging,
  versionDir,
  writeVersionFile,
  type DataAtHand,
  type ManifestDraft,
} from './index.ts';

const draft: ManifestDraft = {
  createdAt: '2026-01-02T03:04:05.000Z',
  recipe: 'quick',
  seed: 42,
  dataset: { name: 'tiny', identity: 'sha256:1', synthetic: true },
  counts: { users: 2, items: 3, interactions: 4 },
  algorithms: { item2vec: { dim: 2 } },
  serving: { userVector: 'recency' },
  evaluation: { protocol: 'last-out-sampled', seed: 1, users: 2, models: { pipeline: { hitRateAt10: 0.5 } } },
};
const tensors = {
  itemIds: { shape: [3], data: new Int32Array([5, 7, 2_147_483_647]) },
  outVectors: { shape: [3, 2], data: new Float32Array([0.1, -1, 2, 3, 4, 5]) },
};
const dataAtHand: DataAtHand = { datasetName: 'tiny', datasetIdentity: 'sha256:1', hasMovie: () => true };

let modelDir: string;
beforeEach(() => {
  modelDir = join(mkdtempSync(join(tmpdir(), 'pocketrocket-models-')), 'models');
});
const fileOf = (version: number, name: string) => join(versionDir(modelDir, version), 'assets.extra', name);

describe('publishArtifact', () => {
  it('numbers versions from 1 and reads them back bit for bit', async () => {
    expect(await listVersions(modelDir)).toEqual([]);
    expect(await publishArtifact(modelDir, draft, tensors)).toBe(1);
    expect(await publishArtifact(modelDir, draft, tensors)).toBe(2);
    expect(await listVersions(modelDir)).toEqual([2, 1]);
    const artifact = await readArtifact(modelDir, 2);
    expect(artifact.tensors).toEqual(tensors);
    expect(artifact.manifest).toMatchObject({ ...draft, format: 1, version: 2 });
  });

  it('writes little-endian files', async () => {
    await publishArtifact(modelDir, draft, tensors);
    expect([...readFileSync(fileOf(1, 'itemIds.int32')).subarray(0, 4)]).toEqual([5, 0, 0, 0]);
  });

  it('gives two trainers that publish at once a version each', async () => {
    const versions = await Promise.all([1, 2, 3].map(() => publishArtifact(modelDir, draft, tensors)));
    expect(versions.sort()).toEqual([1, 2, 3]);
    expect(readdirSync(join(modelDir, 'recmodel')).sort()).toEqual(['1', '2', '3']);
  });

  it('says so where the folder cannot be written, and leaves nothing behind', async () => {
    writeFileSync(join(modelDir, '..', 'file'), '');
    await expect(publishArtifact(join(modelDir, '..', 'file'), draft, tensors)).rejects.toMatchObject({
      code: 'ENVIRONMENT',
    });
  });

  it('refuses a tensor whose shape does not match, and leaves nothing behind', async () => {
    const wrong = { itemIds: { shape: [4], data: new Int32Array(3) } };
    await expect(publishArtifact(modelDir, draft, wrong)).rejects.toThrow(
      'tensor itemIds of shape [4] has 3 values',
    );
    expect(readdirSync(join(modelDir, 'recmodel'))).toEqual([]);
  });
});

describe('files of other programs', () => {
  const file = (text: string) => ({ path: 'saved_model.pb', bytes: Buffer.from(text) });
  const textOf = (version: number) =>
    readFileSync(join(versionDir(modelDir, version), 'saved_model.pb'), 'utf8');

  it('are published with the artifact, in folders of their own where they ask for them', async () => {
    const nested = { path: join('variables', 'index'), bytes: Buffer.from('i') };
    await publishArtifact(modelDir, draft, tensors, [file('graph'), nested]);
    expect(textOf(1)).toBe('graph');
    expect(readdirSync(join(versionDir(modelDir, 1), 'variables'))).toEqual(['index']);
    expect((await readArtifact(modelDir, 1)).tensors).toEqual(tensors);
  });

  it('are written alone as a version, replaced there, and added to a published one', async () => {
    const path = await writeVersionFile(modelDir, 3, file('old'));
    expect(path).toBe(join(versionDir(modelDir, 3), 'saved_model.pb'));
    await writeVersionFile(modelDir, 3, file('new'));
    expect(textOf(3)).toBe('new');
    expect(await publishArtifact(modelDir, draft, tensors)).toBe(4);
    await writeVersionFile(modelDir, 4, file('added'));
    expect(textOf(4)).toBe('added');
    expect((await readArtifact(modelDir, 4)).tensors).toEqual(tensors);
    expect(readdirSync(join(modelDir, 'recmodel')).sort()).toEqual(['3', '4']);
  });

  it('are refused where the folder cannot be written', async () => {
    writeFileSync(join(modelDir, '..', 'file'), '');
    await expect(writeVersionFile(join(modelDir, '..', 'file'), 1, file(''))).rejects.toMatchObject({
      code: 'ENVIRONMENT',
    });
  });
});

describe('removeStaleStaging', () => {
  it('removes what a killed trainer left and keeps what a living one writes', async () => {
    const root = join(modelDir, 'recmodel');
    for (const name of ['.staging-4194305-1', `.staging-${process.ppid}-1`])
      mkdirSync(join(root, name), { recursive: true });
    await removeStaleStaging(modelDir);
    expect(readdirSync(root)).toEqual([`.staging-${process.ppid}-1`]);
  });
});

describe('misfitOf', () => {
  it('refuses an artifact that names movies which the database lacks', async () => {
    await publishArtifact(modelDir, draft, tensors);
    const artifact = await readArtifact(modelDir, 1);
    expect(misfitOf(artifact, dataAtHand)).toBeNull();
    expect(misfitOf(artifact, { ...dataAtHand, hasMovie: (movieId) => movieId !== 7 })).toBe(
      'it names 1 movies that the database lacks, such as 7',
    );
  });
});
