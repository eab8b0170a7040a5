import { describe, expect, it } from '@jest/globals';
import {
  FITTED_PARTS,
  fittedFromTensors,
  fittedToTensors,
  historiesOf,
  type FitOptions,
  type FittedName,
  type HeldOutItems,
  type Tensors,
} from '@pocketrocket/engine';
import { FitData } from '../pipeline/fitting/fitData.ts';
import { fitHere } from '../pipeline/fitting/fitter.ts';
import { fitInputsToTensors } from '../tasks/fitInputs.ts';
import { rowFrames } from '../tasks/rows.ts';
import { runTask } from '../tasks/taskProcess.ts';
import type { Frame } from '../tensors/frames.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { END, NUM_ITEMS, NUM_USERS, randomInteractions, serve, startOf } from '../test/tasks.ts';
import { bytesOf } from '../test/tensors.ts';

const interactions = randomInteractions();

const OPTIONS: { [Name in FittedName]: FitOptions[Name] } = {
  item2vec: { dim: 4, window: 2, negatives: 2, epochs: 2, learningRate: 0.05 },
  implicitALS: { dim: 4, regularization: 0.02, unobservedWeight: 0.1, iterations: 2 },
  ease: { l2: 20, numNeighbours: 10 },
  coVisitation: { window: 5, decay: 3, isDirected: false, numNeighbours: 10 },
  transitions: { window: 5, decay: 3, isDirected: true, numNeighbours: 10 },
  sequence: {
    dim: 16,
    length: 6,
    blocks: 1,
    heads: 2,
    hiddenDim: 16,
    epochs: 2,
    learningRate: 0.01,
    batchSize: 8,
    negatives: 8,
    dropout: 0.1,
    loss: 'softmax',
    gaps: true,
    ratings: true,
    crops: true,
    averaging: 0.9,
  },
  matrixFactorization: { dim: 4, epochs: 2, learningRate: 0.01, regularization: 0.01, negatives: 2 },
  neuralCF: {
    embeddingDim: 4,
    hiddenDims: [6, 4],
    negatives: 2,
    epochs: 2,
    learningRate: 0.01,
    batchSize: 16,
  },
};

const never = new AbortController().signal;

const settingsOf = (name: FittedName, changes: object = {}) => ({
  name,
  options: OPTIONS[name],
  seed: 3,
  numUsers: NUM_USERS,
  numItems: NUM_ITEMS,
  ...changes,
});

const ROWS = [...rowFrames(historiesOf(interactions))];

const fitHereOf = <Name extends FittedName>(name: Name, init?: NamedTensors, heldOut?: HeldOutItems) => {
  const data = new FitData();
  const handle = data.addInteractions(interactions);
  const losses: number[] = [];
  const start = init && {
    init: data.addFactorization(fittedFromTensors('matrixFactorization', init as Tensors)),
  };
  const stop = heldOut && { heldOut: data.addHeldOut(heldOut) };
  const job = { name, interactions: handle, options: OPTIONS[name], seed: 3, ...start, ...stop };
  const measured: number[] = [];
  const model = fitHere(job, data, ({ loss, ndcgAt10 }) => {
    losses.push(loss);
    if (ndcgAt10 !== undefined) measured.push(ndcgAt10);
  });
  return { tensors: fittedToTensors(name, model), losses, measured };
};

describe('the task `fit`', () => {
  it('stops by held-out items as a fit in one piece does, and tells what it measures', async () => {
    const heldOut = {
      userIndices: Int32Array.of(0, 2, 4),
      offsets: Int32Array.of(0, 1, 3, 4),
      items: Int32Array.of(1, 2, 3, 4),
    };
    const answers = await serve([
      startOf(settingsOf('sequence'), fitInputsToTensors({ heldOut })),
      ...ROWS,
      END,
    ]);
    const here = fitHereOf('sequence', undefined, heldOut);
    const told = answers.flatMap(({ header }) => (header.ndcgAt10 === undefined ? [] : [header.ndcgAt10]));
    expect(told).toEqual(here.measured);
    expect(told).toHaveLength(1);
    expect(bytesOf(answers.at(-1)?.tensors ?? {})).toEqual(bytesOf(here.tensors));
  });

  it.each(Object.keys(FITTED_PARTS) as FittedName[])(
    'fits %s as a fit in one piece, to the byte',
    async (name) => {
      const answers = await serve([startOf(settingsOf(name)), ...ROWS, END]);
      const here = fitHereOf(name);
      expect(answers.slice(0, -1).map(({ header }) => header.loss)).toEqual(here.losses);
      expect(answers.at(-1)?.header.kind).toBe('result');
      expect(bytesOf(answers.at(-1)?.tensors ?? {})).toEqual(bytesOf(here.tensors));
    },
  );

  it.each([
    [
      'an option out of range',
      [startOf(settingsOf('item2vec', { options: { ...OPTIONS.item2vec, dim: 0 } })), ...ROWS, END],
      'dim must be an integer',
    ],
    [
      'a loss that diverges',
      [
        startOf(settingsOf('item2vec', { options: { ...OPTIONS.item2vec, learningRate: 1e30 } })),
        ...ROWS,
        END,
      ],
      'not finite',
    ],
    ['a setting that is none', [startOf(settingsOf('item2vec', { seed: -1 })), ...ROWS, END], 'seed'],
    [
      'an item out of range',
      [startOf(settingsOf('item2vec', { numItems: 5 })), ...ROWS, END],
      'outside 0 … 4',
    ],
    [
      'a user out of range',
      [startOf(settingsOf('item2vec', { numUsers: 5 })), ...ROWS, END],
      'outside 0 … 4',
    ],
    [
      'a task that is none',
      [startOf({ numItems: NUM_ITEMS }, {}, 'fits'), END],
      'no task fits: there are fit, count',
    ],
    ['no end', [startOf(settingsOf('item2vec')), ...ROWS], 'there was no end'],
    ['nothing at all', [], 'the task did not come'],
    [
      'rows without a column',
      [startOf(settingsOf('item2vec')), { ...END, header: { kind: 'rows' } }, END],
      'rows without userIndex',
    ],
  ] satisfies [string, Frame[], string][])('says what is wrong: %s', async (_what, frames, message) => {
    const { header } = (await serve(frames)).at(-1) ?? END;
    expect(header).toMatchObject({
      kind: 'failed',
      code: 'BAD_DATA',
      message: expect.stringContaining(message),
    });
  });
});

describe('a task process', () => {
  const fitThere = (name: FittedName, tensors: NamedTensors, changes = {}, signal = never) => {
    const losses: number[] = [];
    const request = {
      task: 'fit',
      settings: settingsOf(name, changes),
      tensors,
      histories: historiesOf(interactions),
    };
    const result = runTask(request, ({ loss }) => losses.push(loss), signal);
    return result.then((frame) => ({ tensors: frame.tensors, losses }));
  };

  it('fits from a start, to the byte and the losses of a fit here', async () => {
    const start = fitHereOf('matrixFactorization').tensors;
    const [here, there] = [fitHereOf('neuralCF', start), await fitThere('neuralCF', start)];
    expect(there.losses).toEqual(here.losses);
    expect(bytesOf(there.tensors)).toEqual(bytesOf(here.tensors));
    expect(bytesOf(there.tensors)).not.toEqual(bytesOf(fitHereOf('neuralCF').tensors));
  });

  it('passes on why it failed', async () => {
    const fit = fitThere('item2vec', {}, { options: { ...OPTIONS.item2vec, dim: 0 } });
    await expect(fit).rejects.toMatchObject({ code: 'BAD_DATA' });
  });

  it('ends when it is stopped, with the reason', async () => {
    const stopping = new AbortController();
    const changes = { options: { ...OPTIONS.item2vec, epochs: 1e6 } };
    const fit = fitThere('item2vec', {}, changes, stopping.signal);
    setTimeout(() => stopping.abort(new Error('enough')), 300);
    await expect(fit).rejects.toThrow('enough');
  });
});
