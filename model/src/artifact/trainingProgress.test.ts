import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  clearTrainingProgress,
  readTrainingProgress,
  writeTrainingProgress,
  type TrainingProgress,
} from './trainingProgress.ts';

let modelDir: string;

beforeEach(async () => {
  modelDir = await mkdtemp(join(tmpdir(), 'progress-'));
});
afterEach(() => rm(modelDir, { recursive: true }));

function progressOf(pid: number): TrainingProgress {
  const now = new Date().toISOString();
  return { pid, stage: 'item2vec', done: 3, total: 10, startedAt: now, updatedAt: now };
}

describe('training progress', () => {
  it('is read back while its writer lives, and gone when taken back', async () => {
    const progress = progressOf(process.pid);
    await writeTrainingProgress(join(modelDir, 'made'), progress);
    expect(await readTrainingProgress(join(modelDir, 'made'))).toEqual(progress);
    expect(await readdir(join(modelDir, 'made'))).toEqual(['training.json']);
    await clearTrainingProgress(join(modelDir, 'made'));
    expect(await readTrainingProgress(join(modelDir, 'made'))).toBeNull();
  });

  it('is nothing when nobody ever trained', async () => {
    expect(await readTrainingProgress(join(modelDir, 'missing'))).toBeNull();
  });

  it('is nothing when its writer died', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    if (child.pid === undefined) throw new Error('the child did not start');
    await writeTrainingProgress(modelDir, progressOf(child.pid));
    expect(await readTrainingProgress(modelDir)).toBeNull();
  });

  it('is nothing when the note is not one of ours', async () => {
    await writeFile(join(modelDir, 'training.json'), '{"pid":');
    expect(await readTrainingProgress(modelDir)).toBeNull();
    await writeFile(join(modelDir, 'training.json'), JSON.stringify({ pid: process.pid }));
    expect(await readTrainingProgress(modelDir)).toBeNull();
  });
});
