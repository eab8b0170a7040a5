import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Interactions } from '@pocketrocket/engine';
import { describeWithPySpark } from '@pocketrocket/testing/spark';
import { PROTOCOLS, shapeOf } from '../pipeline/evaluation/protocols.ts';
import { taskOf } from '../pipeline/evaluation/evaluationTask.ts';
import { planEvaluation } from '../pipeline/evaluation/planEvaluation.ts';
import { FitData } from '../pipeline/fitting/fitData.ts';
import { fitHere } from '../pipeline/fitting/fitter.ts';
import { openSmallRun, type SmallRun } from '../test/smallRun.ts';
import { splitDigest } from './splitDigest.ts';

const SLOW_MS = 900_000;
const SEED = 42;
const OPTIONS = { window: 10, decay: 5, isDirected: true, numNeighbours: 50 };

describeWithPySpark('splits on Spark, of ml-latest-small', (python) => {
  let small: SmallRun;
  beforeAll(async () => {
    small = await openSmallRun(python);
  }, SLOW_MS);
  afterAll(() => small.run.close(), SLOW_MS);

  /** Fits on Spark and here; Spark refuses ratings whose digest differs. */
  async function expectSameFit(interactions: Interactions): Promise<void> {
    const data = new FitData();
    const handle = data.addInteractions(interactions);
    const job = { name: 'transitions', interactions: handle, options: OPTIONS, seed: SEED } as const;
    const onSpark = await small.run.fit(job, data, () => undefined, new AbortController().signal);
    expect(onSpark).toEqual(fitHere(job, data, () => undefined));
  }

  it(
    'has every rating',
    async () => {
      const { everything } = small;
      expect(everything.itemIndices).toHaveLength(100_836);
      small.run.offer(everything, { shape: shapeOf('last-out'), seed: SEED, depth: 0 });
      await expectSameFit(everything);
    },
    SLOW_MS,
  );

  it.each(PROTOCOLS.filter((protocol) => protocol !== 'last-out-sampled'))(
    'holds out the same ratings as the trainer by %s, and within what is left',
    async (protocol) => {
      const { rows, ids } = small;
      const shape = shapeOf(protocol);
      const task = taskOf(rows, {
        protocol,
        ids,
        facts: { releaseYears: null },
        shape,
        negatives: { kind: 'none' },
        seed: SEED,
      });
      const { outer, inner } = planEvaluation(task, { isTuned: true });
      if (!inner) throw new Error('there must be an inner split');
      expect(inner.interactions.itemIndices.length).toBeLessThan(outer.interactions.itemIndices.length);
      small.run.offer(outer.interactions, { shape, seed: SEED, depth: 1 });
      small.run.offer(inner.interactions, { shape, seed: SEED, depth: 2 });
      await expectSameFit(outer.interactions);
      await expectSameFit(inner.interactions);
    },
    SLOW_MS,
  );

  it(
    'refuses to fit on another split than the trainer measures',
    async () => {
      const { everything } = small;
      const other: Interactions = { ...everything, itemIndices: everything.itemIndices.slice().reverse() };
      small.run.offer(other, { shape: shapeOf('last-out'), seed: SEED, depth: 0 });
      await expect(expectSameFit(other)).rejects.toMatchObject({
        message: expect.stringContaining("keeps other ratings than the trainer's"),
      });
    },
    SLOW_MS,
  );
});

describe('splitDigest', () => {
  const interactions = (userOffsets: number[], itemIndices: number[]) => ({
    userOffsets: Int32Array.from(userOffsets),
    itemIndices: Int32Array.from(itemIndices),
    numUsers: userOffsets.length - 1,
    numItems: 10,
    ratings: new Float32Array(itemIndices.length),
    timestamps: new Float64Array(itemIndices.length),
  });

  it('tells which users and items the ratings name, in any order', () => {
    const digest = splitDigest(interactions([0, 2, 2, 3], [4, 5, 4]));
    expect(splitDigest(interactions([0, 2, 2, 3], [5, 4, 4]))).toBe(digest);
    expect(splitDigest(interactions([0, 2, 3, 3], [4, 5, 4]))).not.toBe(digest);
    expect(splitDigest(interactions([0, 2, 2, 3], [4, 5, 6]))).not.toBe(digest);
    expect(splitDigest(interactions([0], []))).toBe(0);
  });
});
