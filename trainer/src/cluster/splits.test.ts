import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithPySpark } from '@pocketrocket/testing/spark';
import { PROTOCOLS, shapeInTime, shapeOf } from '../pipeline/evaluation/protocols.ts';
import { taskOf } from '../pipeline/evaluation/evaluationTask.ts';
import { planEvaluation } from '../pipeline/evaluation/planEvaluation.ts';
import type { PlannedEvaluation } from '../pipeline/evaluation/planEvaluation.ts';
import { negativesOf } from '../pipeline/evaluation/readEvaluationTask.ts';
import { FitData } from '../pipeline/fitting/fitData.ts';
import { fitHere } from '../pipeline/fitting/fitter.ts';
import { factsOfRows } from '../pipeline/ratings/ratingFacts.ts';
import type { Ratings } from '../pipeline/ratings/ratings.ts';
import { RatingsInMemory } from '../pipeline/ratings/ratingsInMemory.ts';
import { openSmallRun, type SmallRun } from '../test/smallRun.ts';

const SLOW_MS = 900_000;
const SEED = 42;
const OPTIONS = { window: 10, decay: 5, isDirected: true, numNeighbours: 50 };

describeWithPySpark('splits on Spark, of ml-latest-small', (python) => {
  let small: SmallRun;
  beforeAll(async () => {
    small = await openSmallRun(python);
  }, SLOW_MS);
  afterAll(() => small.run.close(), SLOW_MS);

  /** Fits on Spark and here. */
  async function expectSameFit({ handle }: Ratings, { held }: Pick<Ratings, 'held'>): Promise<void> {
    if (!held) throw new Error('they must be in memory');
    const data = new FitData();
    data.addInteractions(held, handle);
    const job = { name: 'transitions', interactions: handle, options: OPTIONS, seed: SEED } as const;
    const fitted = await small.run.fit(job, data, () => undefined, new AbortController().signal);
    expect(fitted).toEqual(fitHere(job, data, () => undefined));
  }

  it(
    'has every rating',
    async () => {
      const { onSpark, rows } = small;
      const everything = new RatingsInMemory(small.everything);
      expect(onSpark.everything.handle).toEqual(everything.handle);
      expect(onSpark.everything.numRatings).toBe(100_836);
      expect(onSpark.everything.itemCounts).toEqual(everything.itemCounts);
      expect(onSpark.facts).toEqual(factsOfRows(rows));
      await expectSameFit(onSpark.everything, everything);
    },
    SLOW_MS,
  );

  it.each(PROTOCOLS)(
    'holds out the same ratings as the trainer by %s, and asks the same of their users',
    async (protocol) => {
      const { onSpark, rows } = small;
      const request = {
        protocol,
        facts: { releaseYears: null },
        shape: shapeOf(protocol),
        innerShape: shapeInTime(shapeOf(protocol), small.onSpark.facts),
        negatives: negativesOf({
          protocol,
          ...(protocol === 'last-out-sampled' && { negatives: '20' }),
        }),
        seed: SEED,
      };
      const there = await onSpark.plan({ ...request, isTuned: true });
      const here = planEvaluation(taskOf(rows, { ...request, ids: onSpark.ids }), { isTuned: true });
      for (const name of ['outer', 'inner'] as const) {
        const [expected, found] = [splitOf(here, name), splitOf(there, name)];
        expect(found.ratings.handle).toEqual(expected.ratings.handle);
        expect(found.ratings.userCounts).toEqual(expected.ratings.userCounts);
        expect(found.heldOut.users).toEqual(expected.heldOut.users);
        const places = Int32Array.from(found.heldOut.users.keys())
          .filter((place) => place % 50 === 7)
          .reverse();
        const [asked, given] = [await expected.heldOut.casesOf(places), await found.heldOut.casesOf(places)];
        expect(given.cases).toEqual(asked.cases);
        expect(given.isTimed).toEqual(asked.isTimed);
        await expectSameFit(found.ratings, expected.ratings);
      }
    },
    SLOW_MS,
  );
});

function splitOf({ outer, inner }: PlannedEvaluation, name: 'outer' | 'inner') {
  if (!inner) throw new Error('there must be an inner split');
  return { outer, inner }[name];
}
