import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { groupByUser, type Item2VecOptions } from '@pocketrocket/engine';
import { createLogger } from '@pocketrocket/runtime';
import { FitData } from './fitData.ts';
import { fitHere } from './fitter.ts';
import type { FitJob, Fitter } from './fitter.ts';
import { cachedFitter } from './fitCache.ts';

const OPTIONS: Item2VecOptions = { dim: 4, window: 2, negatives: 2, epochs: 2, learningRate: 0.05 };
const interactions = groupByUser(
  {
    userIndices: Int32Array.of(0, 0, 0, 1, 1),
    itemIndices: Int32Array.of(0, 1, 2, 2, 3),
    ratings: new Float32Array(5).fill(4),
    timestamps: Float64Array.of(1, 2, 3, 4, 5),
  },
  2,
  4,
);
const data = new FitData();
const job = (changes: Partial<FitJob<'item2vec'>> = {}): FitJob<'item2vec'> => ({
  name: 'item2vec',
  interactions: data.addInteractions(interactions),
  options: OPTIONS,
  seed: 1,
  ...changes,
});

let folder: string;
let logged: PassThrough;
let numFits: number;
const counting: Fitter = async (asked, given, onEpoch) => {
  numFits++;
  return fitHere(asked, given, onEpoch);
};
const run = (asked = job(), maxBytes?: number) =>
  cachedFitter(counting, folder, {
    logger: createLogger({ level: 'info', name: 'test', stream: logged }),
    maxBytes,
  })(asked, data, () => undefined, new AbortController().signal);
const events = (): string => String(logged.read() ?? '');
const stages = (): string[] => readdirSync(folder).sort();
const bytesIn = (stage: string): number =>
  readdirSync(stage).reduce((sum, file) => sum + readFileSync(join(stage, file)).length, 0);

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'pocketrocket-stages-')), '.stages');
  logged = new PassThrough();
  numFits = 0;
});

describe('cachedFitter', () => {
  it('fits once what is asked twice, to the byte, and says so', async () => {
    const first = await run();
    const second = await run();
    expect(numFits).toBe(1);
    // Buffers, since a test sandbox's arrays and deserialised ones have different classes.
    expect(
      Buffer.from(second.inVectors.buffer, second.inVectors.byteOffset, second.inVectors.byteLength),
    ).toEqual(Buffer.from(first.inVectors.buffer, first.inVectors.byteOffset, first.inVectors.byteLength));
    expect(second).toMatchObject({ numItems: 4, dim: 4 });
    expect(events()).toContain('cached fit reused');
    expect(stages()).toEqual([expect.stringMatching(/^item2vec-[0-9a-f]{64}\.stage$/)]);
  });

  it.each([
    ['seed', job({ seed: 2 })],
    ['options', job({ options: { ...OPTIONS, epochs: 3 } })],
    [
      'data',
      job({
        interactions: data.addInteractions({ ...interactions, timestamps: Float64Array.of(1, 2, 3, 4, 6) }),
      }),
    ],
  ])('fits again for another %s', async (_what, other) => {
    await run();
    await run(other);
    expect(numFits).toBe(2);
  });

  it('fits again what was altered or cut off, says so, and keeps it anew', async () => {
    await run();
    const path = join(folder, stages()[0] ?? '', 'item2vec.outVectors.npy');
    const whole = readFileSync(path);
    const altered = Buffer.from(whole);
    altered[whole.length - 1] = (altered[whole.length - 1] ?? 0) ^ 1;
    for (const bad of [altered, whole.subarray(0, 50), Buffer.alloc(0)]) {
      writeFileSync(path, bad);
      await run();
      expect(events()).toMatch(/checksum differs.*cached fit unreadable: fitted again/);
    }
    expect(numFits).toBe(4);
    await run();
    expect(numFits).toBe(4);
  });

  it('lets the stages go that were not used for longest', async () => {
    await run(job({ seed: 1 }));
    const first = stages()[0] ?? '';
    const size = bytesIn(join(folder, first));
    await run(job({ seed: 2 }));
    const second = stages().find((name) => name !== first) ?? '';
    utimesSync(join(folder, first), 1000, 1000);
    utimesSync(join(folder, second), 2000, 2000);
    // Reusing the first makes the second the older one.
    await run(job({ seed: 1 }));
    await run(job({ seed: 3 }), 2.5 * size);
    expect(existsSync(join(folder, first))).toBe(true);
    expect(existsSync(join(folder, second))).toBe(false);
    expect(stages()).toHaveLength(2);
  });

  it('keeps nothing that is larger than the whole bound, nor half written files of killed trainers', async () => {
    await run(job({ seed: 1 }));
    mkdirSync(join(folder, '.staging-4194305-x'));
    writeFileSync(join(folder, '.staging-4194305-x', 'item2vec.outVectors.npy'), 'half');
    // As an earlier release wrote them.
    writeFileSync(join(folder, '.staging-4194305-y'), 'half');
    await run(job({ seed: 2 }));
    expect(stages()).toHaveLength(2);
    await run(job({ seed: 3 }), 10);
    expect(stages()).toHaveLength(2);
  });

  it('lets stages of earlier releases go, which were files', async () => {
    await run(job({ seed: 1 }));
    const size = bytesIn(join(folder, stages()[0] ?? ''));
    writeFileSync(join(folder, 'item2vec-0.stage'), Buffer.alloc(size));
    utimesSync(join(folder, 'item2vec-0.stage'), 1000, 1000);
    await run(job({ seed: 2 }), 2.5 * size);
    expect(stages()).toHaveLength(2);
    expect(stages()).not.toContain('item2vec-0.stage');
  });

  it('goes on without a folder that cannot be written, and says so', async () => {
    writeFileSync(folder, 'a file in its place');
    await run();
    expect(numFits).toBe(1);
    expect(events()).toContain('fit not cached');
  });

  it('keeps nothing of a fit that was stopped', async () => {
    const stopped = new AbortController();
    stopped.abort(new Error('enough'));
    const fit = cachedFitter(counting, folder, {
      logger: createLogger({ level: 'info', name: 'test', stream: logged }),
    });
    await expect(fit(job(), data, () => undefined, stopped.signal)).rejects.toThrow('enough');
    expect(existsSync(folder)).toBe(false);
  });
});
