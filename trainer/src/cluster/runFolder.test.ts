import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { usesOf } from '@pocketrocket/runtime';
import { makeRunFolder, removeLeftBehind } from './runFolder.ts';

let modelDir: string;
beforeEach(() => {
  modelDir = mkdtempSync(join(tmpdir(), 'pocketrocket-runs-'));
});
const names = () => readdirSync(join(modelDir, '.spark'));

/** The folder of a run whose process was killed. */
async function killedRun(name: string, storage?: string): Promise<string> {
  const ended = spawn('true');
  await once(ended, 'exit');
  const folder = join(modelDir, '.spark', name);
  mkdirSync(join(folder, 'use'), { recursive: true });
  const run = await makeRunFolder(modelDir, null);
  const [use] = usesOf(join(run.path, 'use'));
  await run.close(true);
  writeFileSync(join(folder, 'use', 'mark.json'), JSON.stringify({ ...use, pid: ended.pid }));
  writeFileSync(`${folder}.log`, 'so it went');
  if (storage !== undefined) writeFileSync(join(folder, 'storage.txt'), storage);
  return folder;
}

it('leaves its log alone behind, until the next run', async () => {
  const first = await makeRunFolder(modelDir, null);
  expect(first.storage).toBe(`file://${first.path}/storage`);
  await first.close(true);
  expect(names().map((name) => join(modelDir, '.spark', name))).toEqual([first.log]);
  const second = await makeRunFolder(modelDir, null);
  await second.close(true);
  expect(names().map((name) => join(modelDir, '.spark', name))).toEqual([second.log]);
});

it('touches nothing of a run that lives', async () => {
  const first = await makeRunFolder(modelDir, '/shared');
  const second = await makeRunFolder(modelDir, '/shared');
  expect(second.leftBehind).toEqual([]);
  expect(second.storage).toMatch(/^file:\/\/\/shared\/[\da-f-]{36}$/);
  expect(second.storage).not.toBe(first.storage);
  await second.close(true);
  expect(names().map((name) => join(modelDir, '.spark', name))).toEqual(
    expect.arrayContaining([first.path, first.log]),
  );
  await first.close(true);
});

it('finds what killed runs left, with their storage', async () => {
  const near = await killedRun('near');
  const far = await killedRun('far', 'hdfs:///storage/far');
  const run = await makeRunFolder(modelDir, null);
  expect(run.leftBehind).toHaveLength(2);
  expect(run.leftBehind).toEqual(
    expect.arrayContaining([
      { folder: near, storage: null },
      { folder: far, storage: 'hdfs:///storage/far' },
    ]),
  );
  for (const left of run.leftBehind) await removeLeftBehind(left);
  await run.close(true);
  expect((await makeRunFolder(modelDir, null)).leftBehind).toEqual([]);
});

it('tells the next run of a storage that could not be removed', async () => {
  const run = await makeRunFolder(modelDir, 's3a://bucket/storage');
  mkdirSync(join(run.path, 'inputs'));
  await run.close(false);
  expect(readdirSync(run.path)).toEqual(['storage.txt']);
  const { leftBehind } = await makeRunFolder(modelDir, null);
  expect(leftBehind).toEqual([{ folder: run.path, storage: run.storage }]);
});

it('says where it cannot be written', async () => {
  writeFileSync(join(modelDir, '.spark'), '');
  await expect(makeRunFolder(modelDir, null)).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: expect.stringContaining('.spark cannot be written'),
  });
});
