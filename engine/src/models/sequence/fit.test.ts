import { describe, expect, it } from '@jest/globals';
import type { Interactions } from '../../data/interactions.ts';
import { evaluateScorer } from '../../evaluation/evaluate.ts';
import { EngineMemoryError } from '../../kernels/kernelMemory.ts';
import { hitRateAtK, ndcgAtK } from '../../metrics/ranking.ts';
import { interactionsOf } from '../../test/modelContract.ts';
import { sequenceScorer } from '../../test/sequenceScorer.ts';
import { DivergenceError, FitError } from '../fitting.ts';
import type { EpochProgress } from '../fitting.ts';
import { encodeSequence } from './encode.ts';
import { fitStoppedWith } from './fitWith.ts';
import { fitSequence, fitSequenceReference, fitSequenceStopped, trainSequence } from './index.ts';
import type { SequenceModel, SequenceOptions } from './index.ts';
import { startSequence } from './state.ts';
import type { StartTrainer } from './trainer.ts';

const NUM_ITEMS = 20;
/** On this board whoever is at item i goes on to item i + 3. */
const BOARD = interactionsOf(
  Array.from({ length: 40 }, (_, user) =>
    Array.from({ length: 6 }, (__, place) => (user + 3 * place) % NUM_ITEMS),
  ),
  NUM_ITEMS,
);
const NEXT = Int32Array.from({ length: 40 }, (_, user) => (user + 18) % NUM_ITEMS);

const OPTIONS: SequenceOptions = {
  dim: 16,
  length: 4,
  blocks: 1,
  heads: 1,
  hiddenDim: 16,
  epochs: 30,
  learningRate: 0.01,
  batchSize: 8,
  negatives: 16,
  dropout: 0.1,
  loss: 'softmax',
  gaps: true,
  ratings: false,
  crops: true,
  averaging: 0.9,
};

/** Measures how well a model tells each user's next item from the whole catalogue, less what the history holds. */
function figuresOf(model: SequenceModel): { ndcg: number; hitRate: number } {
  const cases = Array.from(NEXT, (item, userIndex) => ({
    userIndex,
    relevant: Int32Array.of(item),
    negatives: null,
  }));
  const outcomes = evaluateScorer(cases, BOARD, sequenceScorer(model, BOARD));
  const meanOf = (metric: typeof ndcgAtK) =>
    outcomes.reduce((sum, { ranks }) => sum + metric(ranks, 10), 0) / outcomes.length;
  return { ndcg: meanOf(ndcgAtK), hitRate: meanOf(hitRateAtK) };
}

function scoresOf(model: SequenceModel, items: readonly number[]): number[] {
  const vector = encodeSequence(model, { items });
  const { itemEmbeddings } = model.parameters;
  return Array.from({ length: model.numItems }, (_, item) =>
    vector.reduce((sum, value, c) => sum + value * itemEmbeddings[item * model.dim + c], 0),
  );
}

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return null;
}

describe.each([
  ['the kernel', fitSequence],
  ['the reference', fitSequenceReference],
])('fitSequence by %s', (_, fit) => {
  const seen: EpochProgress[] = [];
  const model = fit(BOARD, OPTIONS, { seed: 3, onEpoch: (progress) => seen.push(progress) });

  it('knows what comes next, by the order alone', () => {
    const { ndcg, hitRate } = figuresOf(model);
    expect(hitRate).toBe(1);
    expect(ndcg).toBeGreaterThan(0.95);
    const scores = scoresOf(model, [2, 5, 8]);
    expect(scores.indexOf(Math.max(...scores))).toBe(11);
  });

  it('reports every epoch in order, with a loss that falls', () => {
    expect(seen.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 30 }, (__, index) => index + 1));
    expect(seen[29].loss).toBeLessThan(0.5 * seen[0].loss);
  });

  it('learns the same bytes from the same seed, and others from another', () => {
    const short = { ...OPTIONS, epochs: 2 };
    const first = fit(BOARD, short, { seed: 3 }).parameters;
    expect(fit(BOARD, short, { seed: 3 }).parameters).toEqual(first);
    expect(fit(BOARD, short, { seed: 4 }).parameters).not.toEqual(first);
  });

  it.each(['logQ', 'gBCE'] as const)('learns by the loss %s too', (loss) => {
    const other = fit(BOARD, { ...OPTIONS, loss, negativePower: 0.5 }, { seed: 3 });
    expect(figuresOf(other).hitRate).toBeGreaterThan(0.9);
  });

  it('names the epoch in which the loss is no longer finite', () => {
    const error = errorOf(() => fit(BOARD, { ...OPTIONS, learningRate: 1e38 }, { seed: 1 }));
    expect(error).toBeInstanceOf(DivergenceError);
    expect(String(error)).toMatch(/sequence: the loss is not finite in epoch \d+ of 30/);
  });

  it('stops when its listener throws', () => {
    const onEpoch = (): void => {
      throw new Error('enough');
    };
    expect(() => fit(BOARD, OPTIONS, { seed: 1, onEpoch })).toThrow('enough');
  });

  it('refuses data without two interactions of anybody', () => {
    for (const histories of [[], [[], []], [[1], [2]]]) {
      expect(() => fit(interactionsOf(histories, 5), OPTIONS, { seed: 1 })).toThrow(FitError);
    }
  });

  it('fits a single user', () => {
    const one = fit(interactionsOf([[0, 1, 2]], 5), OPTIONS, { seed: 1 });
    expect(scoresOf(one, [0, 1]).every(Number.isFinite)).toBe(true);
  });
});

describe('fitSequence', () => {
  it.each<[Partial<SequenceOptions>, RegExp]>([
    [{ dim: 20 }, /dim must be a multiple of 8/],
    [{ heads: 3 }, /dim must be a multiple of 8 for each of 3 heads/],
    [{ hiddenDim: 12 }, /hiddenDim must be a multiple of 8/],
    [{ negatives: 10 }, /negatives must be a multiple of 8/],
    [{ dropout: 1 }, /dropout must be at least 0 and below 1/],
    [{ averaging: -1 }, /averaging must be/],
    [{ calibration: 2 }, /calibration must be/],
    [{ negativePower: 2 }, /negativePower must be/],
    [{ length: 0 }, /length must be an integer of at least 1/],
  ])('refuses %j', (others, message) => {
    expect(() => fitSequence(BOARD, { ...OPTIONS, ...others }, { seed: 1 })).toThrow(message);
  });

  it('says before it begins what memory it lacks', () => {
    const onEpoch = (): void => {
      throw new Error('begun');
    };
    const large = { ...OPTIONS, length: 25_000 };
    const histories = interactionsOf([[0, 1, 2]], 3);
    expect(errorOf(() => fitSequence(histories, large, { seed: 1, onEpoch }))).toBeInstanceOf(
      EngineMemoryError,
    );
  });

  it('keeps the state and the model of the epoch before when it diverges', () => {
    const state = startSequence(BOARD, OPTIONS, 1);
    trainSequence(BOARD, OPTIONS, { seed: 1 }, state, 2);
    const good = structuredClone(state);
    const error = errorOf(() =>
      trainSequence(BOARD, { ...OPTIONS, learningRate: 1e38 }, { seed: 1 }, state, 5),
    );
    expect(error).toBeInstanceOf(DivergenceError);
    const { lastGood, epoch } = error as DivergenceError<SequenceModel>;
    expect(epoch).toBe(3);
    expect(lastGood?.parameters.itemEmbeddings).toEqual(good.average.itemEmbeddings);
    expect(state).toEqual(good);
  });
});

describe('trainSequence', () => {
  it.each<[string, Partial<SequenceOptions>, Interactions]>([
    ['of another width', { dim: 24 }, BOARD],
    ['with another layer', { hiddenDim: 24 }, BOARD],
    ['of other items', {}, interactionsOf([[0, 1, 2]], NUM_ITEMS + 1)],
    ['of other users', {}, interactionsOf([[0, 1, 2], [1]], NUM_ITEMS)],
  ])('refuses a state %s', (_, others, interactions) => {
    const state = startSequence(BOARD, OPTIONS, 1);
    expect(() => trainSequence(interactions, { ...OPTIONS, ...others }, { seed: 1 }, state, 1)).toThrow(
      new FitError('sequence: the state is of other data or options'),
    );
  });

  it('refuses options that are out of range', () => {
    const state = startSequence(BOARD, OPTIONS, 1);
    expect(() => trainSequence(BOARD, { ...OPTIONS, dropout: 1 }, { seed: 1 }, state, 1)).toThrow(
      /dropout must be at least 0 and below 1/,
    );
  });
});

describe('fitSequenceStopped', () => {
  const values = [0.1, 0.3, 0.2, 0.25, 0.9];
  const measured: number[] = [];
  const stopped = fitSequenceStopped(
    BOARD,
    OPTIONS,
    { seed: 3 },
    {
      measure: (_, epoch) => {
        measured.push(epoch);
        return values[measured.length - 1];
      },
      every: 2,
      patience: 2,
    },
  );

  it('ends after measurements without gain, with the best', () => {
    expect(measured).toEqual([2, 4, 6, 8]);
    expect(stopped.epochs).toBe(4);
    expect(stopped.curve.map(({ epoch, value }) => [epoch, value])).toEqual([
      [2, 0.1],
      [4, 0.3],
      [6, 0.2],
      [8, 0.25],
    ]);
  });

  it('says after how many epochs a fit gives the same model', () => {
    const again = fitSequence(BOARD, { ...OPTIONS, epochs: stopped.epochs }, { seed: 3 });
    expect(again.parameters).toEqual(stopped.model.parameters);
  });

  it('measures after the last epoch too', () => {
    const epochs: number[] = [];
    const measure = (_: SequenceModel, epoch: number): number => epochs.push(epoch);
    fitSequenceStopped(BOARD, { ...OPTIONS, epochs: 5 }, { seed: 3 }, { measure, every: 3, patience: 9 });
    expect(epochs).toEqual([3, 5]);
  });

  it('goes on where nothing is found yet', () => {
    const values = [0, 0, 0, 0, 0.2, 0.1, 0.1];
    const measure = (_: SequenceModel, epoch: number): number => values[epoch - 1];
    const { epochs, curve } = fitSequenceStopped(BOARD, OPTIONS, { seed: 3 }, { measure, patience: 2 });
    expect(epochs).toBe(5);
    expect(curve).toHaveLength(7);
  });

  it('keeps the best where it diverges afterwards, and diverges where nothing is measured', () => {
    const startTrainer: StartTrainer = (state) => ({
      runEpoch: () => ({ loss: state.epoch === 4 ? NaN : 1, numTargets: 1 }),
    });
    const fit = (every: number) =>
      fitStoppedWith(
        startTrainer,
        BOARD,
        OPTIONS,
        { seed: 3 },
        { measure: (_, epoch) => epoch % 3, every, patience: 9 },
      );
    const { epochs, curve } = fit(1);
    expect(epochs).toBe(2);
    expect(curve).toHaveLength(4);
    expect(errorOf(() => fit(5))).toBeInstanceOf(DivergenceError);
  });
});
