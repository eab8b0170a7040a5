import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  countParts,
  fitItemNeighbours,
  fittedToTensors,
  partToTensors,
  type CountedName,
  type EpochProgress,
  type FitOptions,
  type FittedName,
  type MatrixFactorization,
  type RoundFitName,
  type SequenceOptions,
  type Tensors,
} from '@pocketrocket/engine';
import { describeWithPySpark } from '@pocketrocket/testing/spark';
import { FitData } from '../pipeline/fitting/fitData.ts';
import { fitHere, type FitJob } from '../pipeline/fitting/fitter.ts';
import { openSmallSplit, type SmallSplit } from '../test/smallRun.ts';
import { bytesOf } from '../test/tensors.ts';

const SLOW_MS = 900_000;

const same = (found: Tensors, expected: Tensors) => expect(bytesOf(found)).toEqual(bytesOf(expected));

/** Sums in another order round otherwise, and so may the order of weights that are all but equal. */
function sameWeights(found: Tensors, expected: Tensors): void {
  const [foundPairs, expectedPairs] = [weightsByPair(found), weightsByPair(expected)];
  expect(foundPairs.size).toBe(expectedPairs.size);
  expect(expectedPairs.size).toBeGreaterThan(100_000);
  const apart = [...expectedPairs].filter(
    ([pair, weight]) => !(Math.abs((foundPairs.get(pair) ?? NaN) - weight) <= 2 ** -22 * weight),
  );
  expect(apart).toEqual([]);
}

/** The weights of a sparse matrix by row and column. */
function weightsByPair(tensors: Tensors): Map<string, number> {
  const [offsets = [], items = [], weights = []] = Object.values(tensors).map(({ data }) => data);
  const byPair = new Map<string, number>();
  for (let row = 0; row + 1 < offsets.length; row++)
    for (let place = offsets[row] ?? 0; place < (offsets[row + 1] ?? 0); place++)
      byPair.set(`${row} ${items[place]}`, weights[place] ?? NaN);
  return byPair;
}

/** So many neighbours that no pair is left out by a last bit. */
const PAIRS = { window: 10, decay: 5, numNeighbours: 3500 };

/** Every fit that runs over partitions where one task has not the memory. */
const FITS: { [Name in FittedName]?: [FitOptions[Name], (found: Tensors, expected: Tensors) => void] } = {
  // In the form that sums of pairs give; the other one rounds otherwise.
  ease: [{ l2: 200, numNeighbours: 50, maxItems: 1500, form: 'primal' }, same],
  implicitALS: [{ dim: 20, regularization: 0.02, unobservedWeight: 0.15, iterations: 3 }, same],
  coVisitation: [{ ...PAIRS, isDirected: false }, sameWeights],
  transitions: [{ ...PAIRS, isDirected: true }, sameWeights],
};

/** Every fit that runs in rounds over three partitions. */
const ROUND_FITS: { [Name in RoundFitName]: FitOptions[Name] } = {
  item2vec: { dim: 8, window: 3, negatives: 2, epochs: 2, learningRate: 0.025, symmetric: true },
  matrixFactorization: { dim: 8, epochs: 2, learningRate: 0.02, regularization: 0.01, negatives: 4 },
  neuralCF: {
    embeddingDim: 8,
    hiddenDims: [8, 4],
    negatives: 4,
    epochs: 2,
    learningRate: 5e-5,
    batchSize: 64,
  },
};

interface Outcome {
  model: unknown;
  losses: number[];
}

describeWithPySpark('the engine here and over the partitions of Spark, of ml-latest-small', (python) => {
  let small: SmallSplit;
  beforeAll(async () => {
    small = await openSmallSplit(python);
  }, SLOW_MS);
  afterAll(() => small.run.close(), SLOW_MS);

  it.each(Object.keys(FITS) as (keyof typeof FITS)[])(
    'agree on %s',
    async (name) => {
      const [options, expectSame] = FITS[name] ?? [];
      if (!options || !expectSame) throw new Error(`no options of ${name}`);
      const data = new FitData();
      const job = { name, interactions: data.addInteractions(small.interactions), options, seed: 7 };
      const told: { [Place in 'here' | 'onSpark']: EpochProgress[] } = { here: [], onSpark: [] };
      const { signal } = new AbortController();
      const onSpark = await small.run.fit(job, data, (epoch) => told.onSpark.push(epoch), signal);
      const here = fitHere(job, data, (epoch) => told.here.push(epoch));
      expectSame(fittedToTensors(name, onSpark), fittedToTensors(name, here));
      expect(told.onSpark).toEqual(
        told.here.map(({ loss, ...epoch }) => ({ ...epoch, loss: expect.closeTo(loss, 6) })),
      );
    },
    SLOW_MS,
  );

  it(
    'agree on the sequence model, and on when it is best',
    async () => {
      const options: SequenceOptions = {
        ...{ dim: 16, length: 20, blocks: 1, heads: 2, hiddenDim: 16, epochs: 4, learningRate: 2e-3 },
        ...{ batchSize: 64, negatives: 32, dropout: 0.2, loss: 'logQ', averaging: 0.99 },
        ...{ gaps: true, ratings: false, crops: true },
      };
      // Two items that the split does not keep of each user, or that somebody else rated.
      const { rows, interactions } = small;
      const heldOut = {
        userIndices: Int32Array.from({ length: 40 }, (_, user) => 3 * user),
        offsets: Int32Array.from({ length: 41 }, (_, user) => 2 * user),
        items: Int32Array.from({ length: 80 }, (_, place) => rows.itemIndices[997 * place] ?? 0),
      };
      const data = new FitData();
      const job = {
        name: 'sequence' as const,
        interactions: data.addInteractions(interactions),
        options,
        seed: 7,
        heldOut: data.addHeldOut(heldOut),
      };
      const told: { [Place in 'here' | 'onSpark']: EpochProgress[] } = { here: [], onSpark: [] };
      const { signal } = new AbortController();
      const onSpark = await small.run.fit(job, data, (epoch) => told.onSpark.push(epoch), signal);
      const here = fitHere(job, data, (epoch) => told.here.push(epoch));
      same(fittedToTensors('sequence', onSpark), fittedToTensors('sequence', here));
      expect(told.onSpark).toEqual(told.here);
      expect(told.here.filter(({ ndcgAt10 = 0 }) => ndcgAt10 > 0)).toHaveLength(2);
    },
    SLOW_MS,
  );

  it(
    'agree on all that is counted',
    async () => {
      const { numItems } = small.interactions;
      const facts = { releaseYears: Int16Array.from({ length: numItems }, (_, item) => 2012 + (item % 8)) };
      const onSpark = await small.run.countParts(small.split, facts);
      const here = countParts(small.interactions, facts);
      const names = ['popularity', 'dislikes', 'trend', 'rising'] as const satisfies readonly CountedName[];
      for (const name of names) {
        same(partToTensors(name, numItems, onSpark), partToTensors(name, numItems, here));
        expect(Object.keys(partToTensors(name, numItems, here))).not.toEqual([]);
      }
      expect(await small.run.countParts(small.split, { releaseYears: null })).toMatchObject({ rising: null });
    },
    SLOW_MS,
  );

  it(
    'agree on neighbours',
    async () => {
      const onSpark = await small.run.fitItemNeighbours(small.split);
      const of = (neighbours: typeof onSpark) =>
        partToTensors('neighbours', small.interactions.numItems, { neighbours });
      same(of(onSpark), of(fitItemNeighbours(small.interactions)));
    },
    SLOW_MS,
  );

  async function fitBoth(name: RoundFitName, init?: MatrixFactorization): Promise<[Outcome, Outcome]> {
    const data = new FitData();
    const start = init && { init: data.addFactorization(init) };
    const handle = data.addInteractions(small.interactions);
    const job: FitJob = { name, interactions: handle, options: ROUND_FITS[name], seed: 7, ...start };
    const told: { [Place in 'here' | 'onSpark']: EpochProgress[] } = { here: [], onSpark: [] };
    const { signal } = new AbortController();
    const onSpark = await small.run.fit(job, data, (epoch) => told.onSpark.push(epoch), signal);
    const here = fitHere(job, data, (epoch) => told.here.push(epoch));
    expect(told.onSpark.map(({ epoch }) => epoch)).toEqual([1, 2]);
    return [
      { model: onSpark, losses: told.onSpark.map(({ loss }) => loss) },
      { model: here, losses: told.here.map(({ loss }) => loss) },
    ];
  }

  function expectClose(onSpark: Outcome, here: Outcome): void {
    onSpark.losses.forEach((loss, epoch) =>
      expect(Math.abs(loss / (here.losses[epoch] ?? NaN) - 1)).toBeLessThan(0.05),
    );
  }

  it(
    'learn alike in rounds, the same bytes each time: item2vec',
    async () => {
      const [onSpark, here] = await fitBoth('item2vec');
      expectClose(onSpark, here);
      expect(onSpark.model).not.toEqual(here.model);
      const [again] = await fitBoth('item2vec');
      expect(again).toEqual(onSpark);
    },
    SLOW_MS,
  );

  it(
    'learn alike in rounds, one from the other: matrix factorization, NeuralCF',
    async () => {
      const [onSpark, here] = await fitBoth('matrixFactorization');
      expectClose(onSpark, here);
      const [started, startedHere] = await fitBoth('neuralCF', here.model as MatrixFactorization);
      expectClose(started, startedHere);
    },
    SLOW_MS,
  );

  it(
    'refuse an export of another data set',
    async () => {
      await expect(small.run.readRatings('sha256:other')).rejects.toMatchObject({
        code: 'DATASET_MISMATCH',
        message: expect.stringContaining('sha256:small'),
      });
    },
    SLOW_MS,
  );
});
