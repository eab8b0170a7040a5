import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  type EpochProgress,
  type FitOptions,
  type MatrixFactorization,
  type RoundFitName,
} from '@pocketrocket/engine';
import { describeWithPySpark } from '@pocketrocket/testing/spark';
import { FitData } from '../pipeline/fitting/fitData.ts';
import { fitHere, type FitJob } from '../pipeline/fitting/fitter.ts';
import { openSmallSplit, type SmallSplit } from '../test/smallRun.ts';

const SLOW_MS = 900_000;

const OPTIONS: { [Name in RoundFitName]: FitOptions[Name] } = {
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

describeWithPySpark('fits in rounds over three partitions of ml-latest-small', (python) => {
  let small: SmallSplit;
  beforeAll(async () => {
    small = await openSmallSplit(python);
  }, SLOW_MS);
  afterAll(() => small.run.close(), SLOW_MS);

  async function fitBoth(name: RoundFitName, init?: MatrixFactorization): Promise<[Outcome, Outcome]> {
    const data = new FitData();
    const start = init && { init: data.addFactorization(init) };
    const handle = data.addInteractions(small.interactions);
    const job: FitJob = { name, interactions: handle, options: OPTIONS[name], seed: 7, ...start };
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
    'learn what fits in one piece learn, the same bytes each time: item2vec',
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
    'learn what fits in one piece learn, one from the other: matrix factorization, NeuralCF',
    async () => {
      const [onSpark, here] = await fitBoth('matrixFactorization');
      expectClose(onSpark, here);
      const [started, startedHere] = await fitBoth('neuralCF', here.model as MatrixFactorization);
      expectClose(started, startedHere);
    },
    SLOW_MS,
  );
});
