import { describe, expect, it } from '@jest/globals';
import {
  countItems,
  fittedToTensors,
  historiesOf,
  type FitOptions,
  type Interactions,
  type RoundFitName,
} from '@pocketrocket/engine';
import { fitOn } from '../pipeline/fitting/fitter.ts';
import { rowFrames } from '../tasks/rows.ts';
import type { Frame } from '../tensors/frames.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { END, NUM_ITEMS, NUM_USERS, randomInteractions, serve, startOf } from '../test/tasks.ts';
import { bytesOf } from '../test/tensors.ts';

const interactions = randomInteractions();
const SEED = 3;
const EPOCHS = 6;

const OPTIONS: { [Name in RoundFitName]: FitOptions[Name] } = {
  item2vec: { dim: 4, window: 2, negatives: 2, epochs: EPOCHS, learningRate: 0.05, symmetric: true },
  matrixFactorization: { dim: 4, epochs: EPOCHS, learningRate: 0.05, regularization: 0.01, negatives: 2 },
  neuralCF: {
    embeddingDim: 4,
    hiddenDims: [6, 4],
    negatives: 2,
    epochs: EPOCHS,
    learningRate: 0.01,
    batchSize: 16,
  },
};

/** Users first … last − 1 alone, numbered from 0 on. */
function usersBetween(all: Interactions, first: number, last: number): Interactions {
  const [start, end] = [all.userOffsets[first] ?? 0, all.userOffsets[last]];
  return {
    numUsers: last - first,
    numItems: all.numItems,
    userOffsets: all.userOffsets.subarray(first, last + 1).map((offset) => offset - start),
    itemIndices: all.itemIndices.subarray(start, end),
    ratings: all.ratings.subarray(start, end),
    timestamps: all.timestamps.subarray(start, end),
  };
}

interface Outcome {
  tensors: NamedTensors;
  /** By epoch, of all partitions, weighted by their ratings. */
  losses: number[];
}

const isShared = ([name]: [string, unknown]): boolean => /^(items|network)\./.test(name);

function sumOf(states: readonly NamedTensors[]): NamedTensors {
  return Object.fromEntries(
    Object.entries(states[0] ?? {})
      .filter(isShared)
      .map(([name, { shape, data }]) => {
        const sums = data.map((_, at) =>
          states.reduce((sum, state) => sum + Number(state[name]?.data[at]), 0),
        );
        return [name, { shape, data: sums }];
      }),
  );
}

/** Fits in rounds over users bounds[0] … bounds[1] − 1, …, as a cluster does. */
async function fitInRounds(
  name: RoundFitName,
  bounds: readonly number[],
  init?: (first: number, last: number) => { shared: NamedTensors; own: NamedTensors },
): Promise<Outcome> {
  const counts = { shape: [NUM_ITEMS], data: countItems(interactions) };
  const ranges = bounds.slice(1).map((last, place) => [bounds[place] ?? 0, last] as const);
  let shared = init?.(0, NUM_USERS).shared ?? {};
  let owns = ranges.map(([first, last]) => init?.(first, last).own ?? {});
  const losses: number[] = [];
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    let loss = 0;
    const states: NamedTensors[] = [];
    for (const [place, [first, last]] of ranges.entries()) {
      const partition = usersBetween(interactions, first, last);
      const settings = {
        name,
        options: OPTIONS[name],
        seed: SEED,
        numItems: NUM_ITEMS,
        numUsers: last - first,
        users: { first, all: NUM_USERS },
        epochs: { done: epoch, upTo: epoch + 1 },
        numPartitions: ranges.length,
      };
      const own: Frame = { header: { kind: 'partial' }, tensors: owns[place] ?? {} };
      const rows = rowFrames(historiesOf(partition));
      const [progress, result] = await serve([
        startOf(settings, { ...shared, counts }, 'round'),
        ...rows,
        own,
        END,
      ]);
      expect(result?.header).toEqual({ kind: 'result' });
      states.push(result?.tensors ?? {});
      loss +=
        (Number(progress?.header.loss) * partition.itemIndices.length) / interactions.itemIndices.length;
    }
    shared = sumOf(states);
    owns = states.map((state) =>
      Object.fromEntries(Object.entries(state).filter((entry) => !isShared(entry))),
    );
    losses.push(loss);
  }
  const users = Object.entries(owns[0] ?? {}).filter(([path]) => path.startsWith('users.'));
  const joined = users.map(([path]) => {
    const data = Float32Array.from(owns.flatMap((own) => [...(own[path]?.data ?? [])]));
    return [path, { shape: [data.length], data }] as const;
  });
  const settings = { name, options: OPTIONS[name], numItems: NUM_ITEMS };
  const answers = await serve([
    startOf(settings, { ...shared, ...Object.fromEntries(joined) }, 'roundsModel'),
    END,
  ]);
  expect(answers.at(-1)?.header).toEqual({ kind: 'result' });
  return { tensors: answers.at(-1)?.tensors ?? {}, losses };
}

function fitWhole(name: RoundFitName): Outcome {
  const losses: number[] = [];
  const job = { name, options: OPTIONS[name], seed: SEED };
  const model = fitOn(interactions, job, ({ loss }) => losses.push(loss));
  return { tensors: fittedToTensors(name, model), losses };
}

describe('rounds over one partition', () => {
  it.each(['item2vec', 'matrixFactorization'] as const)(
    'are the fit in one piece, to the byte: %s',
    async (name) => {
      const [rounds, whole] = [await fitInRounds(name, [0, NUM_USERS]), fitWhole(name)];
      expect(rounds.losses).toEqual(whole.losses);
      expect(bytesOf(rounds.tensors)).toEqual(bytesOf(whole.tensors));
    },
  );

  it("are the fit in one piece but for Adam's moments, which begin anew: neuralCF", async () => {
    const [rounds, whole] = [await fitInRounds('neuralCF', [0, NUM_USERS]), fitWhole('neuralCF')];
    expect(rounds.losses[0]).toBe(whole.losses[0]);
    expect(rounds.losses.at(-1)).toBeCloseTo(whole.losses.at(-1) ?? NaN, 1);
    expect(Object.keys(rounds.tensors)).toEqual(Object.keys(whole.tensors));
  });
});

describe('rounds over three partitions', () => {
  it.each(['item2vec', 'matrixFactorization', 'neuralCF'] as const)(
    'learn what the fit in one piece learns, from the same start, to nearly the same loss: %s',
    async (name) => {
      const [rounds, whole] = [await fitInRounds(name, [0, 17, 40, NUM_USERS]), fitWhole(name)];
      const shapes = ({ tensors }: Outcome) =>
        Object.entries(tensors).map(([path, { shape }]) => [path, shape]);
      expect(shapes(rounds)).toEqual(shapes(whole));
      rounds.losses.forEach((loss, epoch) =>
        expect(Math.abs(loss / (whole.losses[epoch] ?? NaN) - 1)).toBeLessThan(0.05),
      );
      expect(rounds.losses.at(-1)).toBeLessThan(rounds.losses[0] ?? NaN);
    },
  );
});

describe('a round', () => {
  it.each([
    ['users.userVectors', 'tensor users.userVectors: missing'],
    ['items.itemVectors', 'tensor items.itemVectors: missing'],
    ['counts', 'tensor counts: missing'],
  ])('says that %s is missing', async (left, message) => {
    const settings = {
      name: 'matrixFactorization',
      options: OPTIONS.matrixFactorization,
      seed: SEED,
      numItems: NUM_ITEMS,
      numUsers: NUM_USERS,
      users: { first: 0, all: NUM_USERS },
      epochs: { done: 0, upTo: 1 },
      numPartitions: 1,
    };
    const counts = { shape: [NUM_ITEMS], data: countItems(interactions) };
    const rows = [...rowFrames(historiesOf(interactions))];
    const first = (await serve([startOf(settings, { counts }, 'round'), ...rows, END])).at(-1);
    const given = { ...first?.tensors, counts };
    const tensors = Object.fromEntries(Object.entries(given).filter(([path]) => path !== left));
    const next = { ...settings, epochs: { done: 1, upTo: 2 } };
    const answers = await serve([startOf(next, tensors, 'round'), ...rows, END]);
    expect(answers.at(-1)?.header).toMatchObject({ kind: 'failed', message });
  });
});
