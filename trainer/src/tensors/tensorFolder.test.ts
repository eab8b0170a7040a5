import { beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOf, everyDtype } from '../test/tensors.ts';
import { readTensorFolder, writeTensorFolder } from './tensorFolder.ts';

const FACTS = {
  name: 'item2vec',
  fingerprint: 'f',
  settings: { seed: 1, options: { dim: 4 } },
  epochs: [{ epoch: 1, epochs: 1, loss: 0.5 }],
};

let home: string;
let path: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pocketrocket-tensors-'));
  path = join(home, 'stage');
});

describe('a tensor folder', () => {
  it('gives back every type of number to the byte, with what stands beside', async () => {
    await writeTensorFolder(path, FACTS, everyDtype());
    const { tensors, ...facts } = (await readTensorFolder(path)) ?? { tensors: {} };
    expect(facts).toEqual(FACTS);
    expect(bytesOf(tensors)).toEqual(bytesOf(everyDtype()));
    expect(readdirSync(home)).toEqual(['stage']);
  });

  it('is none without its stage.json, and stays where it is there already', async () => {
    expect(await readTensorFolder(path)).toBeNull();
    await writeTensorFolder(path, FACTS, everyDtype());
    await writeTensorFolder(path, { ...FACTS, fingerprint: 'other' }, everyDtype());
    expect(await readTensorFolder(path)).toMatchObject({ fingerprint: 'f' });
    expect(readdirSync(home)).toEqual(['stage']);
    rmSync(join(path, 'stage.json'));
    expect(await readTensorFolder(path)).toBeNull();
  });

  it.each([
    [
      'a tensor altered',
      'floats.npy',
      (bytes: Buffer) => bytes.fill(7, bytes.length - 1),
      'floats.npy was altered',
    ],
    ['a tensor cut off', 'floats.npy', (bytes: Buffer) => bytes.subarray(0, 40), 'floats.npy was altered'],
    ['stage.json cut off', 'stage.json', (bytes: Buffer) => bytes.subarray(0, 40), 'stage.json is not JSON'],
    ['another format', 'stage.json', () => Buffer.from('{"formatVersion":2}'), 'stage.json is not valid'],
    [
      'another shape than its file has',
      'stage.json',
      (bytes: Buffer) =>
        Buffer.from(bytes.toString().replace(/"shape": \[\s*2,\s*3\s*\]/, '"shape": [3, 2]')),
      'floats.npy holds <f4 [2, 3], not <f4 [3, 2]',
    ],
  ])('says what is wrong: %s', async (_what, file, change, message) => {
    await writeTensorFolder(path, FACTS, everyDtype());
    writeFileSync(join(path, file), change(readFileSync(join(path, file))));
    await expect(readTensorFolder(path)).rejects.toMatchObject({
      code: 'ARTIFACT_INVALID',
      message: expect.stringContaining(message),
    });
  });

  it('leaves nothing behind where a tensor does not have the shape it says', async () => {
    const wrong = { wrong: { shape: [3], data: new Float32Array(2) } };
    await expect(writeTensorFolder(path, FACTS, wrong)).rejects.toThrow('shape [3] has 2 numbers');
    expect(readdirSync(home)).toEqual([]);
  });
});
