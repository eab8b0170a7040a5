import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import {
  FITTED_PARTS,
  fittedFromTensors,
  fittedToTensors,
  groupByUser,
  historiesOf,
  seededRandom,
  type FitOptions,
  type FittedName,
  type Tensors,
} from '@pocketrocket/engine';
import { FitData } from '../pipeline/fitting/fitData.ts';
import { fitHere } from '../pipeline/fitting/fitter.ts';
import { rowFrames } from '../tasks/rows.ts';
import { runTask } from '../tasks/taskProcess.ts';
import { frameParts } from '../tensors/frames.ts';
import type { Frame } from '../tensors/frames.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { bytesOf } from '../test/tensors.ts';
import { serveTask } from './serveTask.ts';

const NUM_USERS = 60;
const NUM_ITEMS = 40;
const interactions = randomInteractions();

const OPTIONS: { [Name in FittedName]: FitOptions[Name] } = {
  item2vec: { dim: 4, window: 2, negatives: 2, epochs: 2, learningRate: 0.05 },
  implicitALS: { dim: 4, regularization: 0.02, unobservedWeight: 0.1, iterations: 2 },
  ease: { l2: 20, numNeighbours: 10 },
  coVisitation: { window: 5, decay: 3, isDirected: false, numNeighbours: 10 },
  transitions: { window: 5, decay: 3, isDirected: true, numNeighbours: 10 },
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

/** Users with histories of random lengths, a few without any. */
function randomInteractions() {
  const random = seededRandom(7);
  const rows = {
    userIndices: [] as number[],
    itemIndices: [] as number[],
    ratings: [] as number[],
    timestamps: [] as number[],
  };
  for (let user = 0; user < NUM_USERS; user++) {
    if (user % 11 === 3) continue;
    const items = new Set(
      Array.from({ length: 2 + Math.floor(random() * 15) }, () => Math.floor(random() * NUM_ITEMS)),
    );
    for (const item of items) {
      rows.userIndices.push(user);
      rows.itemIndices.push(item);
      rows.ratings.push(0.5 + Math.floor(random() * 10) / 2);
      rows.timestamps.push(random() < 0.1 ? NaN : Math.floor(random() * 1e9));
    }
  }
  return groupByUser(
    {
      userIndices: Int32Array.from(rows.userIndices),
      itemIndices: Int32Array.from(rows.itemIndices),
      ratings: Float32Array.from(rows.ratings),
      timestamps: Float64Array.from(rows.timestamps),
    },
    NUM_USERS,
    NUM_ITEMS,
  );
}

const never = new AbortController().signal;

const settingsOf = (name: FittedName, changes: object = {}) => ({
  name,
  options: OPTIONS[name],
  seed: 3,
  numUsers: NUM_USERS,
  numItems: NUM_ITEMS,
  ...changes,
});

/** Asks in frames that one stream carries, and reads all answers. */
async function serve(frames: readonly Frame[]): Promise<Frame[]> {
  const answers: Frame[] = [];
  await serveTask(Readable.from(frames.flatMap(frameParts)), (frame) => answers.push(frame));
  return answers;
}

const startOf = (settings: object, tensors: NamedTensors = {}, task = 'fit'): Frame => ({
  header: { kind: 'start', task, settings },
  tensors,
});
const ROWS = [...rowFrames(historiesOf(interactions))];
const END: Frame = { header: { kind: 'end' }, tensors: {} };

const fitHereOf = <Name extends FittedName>(name: Name, init?: NamedTensors) => {
  const data = new FitData();
  const handle = data.addInteractions(interactions);
  const losses: number[] = [];
  const start = init && {
    init: data.addFactorization(fittedFromTensors('matrixFactorization', init as Tensors)),
  };
  const job = { name, interactions: handle, options: OPTIONS[name], seed: 3, ...start };
  const model = fitHere(job, data, ({ loss }) => losses.push(loss));
  return { tensors: fittedToTensors(name, model), losses };
};

describe('the task `fit`', () => {
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
      'no task fits: there are fit',
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
