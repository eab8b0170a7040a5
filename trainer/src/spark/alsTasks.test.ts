import { describe, expect, it } from '@jest/globals';
import {
  fitImplicitALS,
  groupByUser,
  historiesOf,
  partsOf,
  usersOfRows,
  type Interactions,
} from '@pocketrocket/engine';
import { rowFrames } from '../tasks/rows.ts';
import type { Frame } from '../tensors/frames.ts';
import type { NamedTensors, TensorData } from '../tensors/namedTensors.ts';
import { END, NUM_ITEMS, NUM_USERS, randomInteractions, serve, startOf } from '../test/tasks.ts';
import { bytesOf } from '../test/tensors.ts';

const DIM = 5;
const WEIGHTS = { regularization: 0.02, unobservedWeight: 0.1, frequencyScaling: 0.7 };
const interactions = randomInteractions();

/** Items with their users as histories, ascending. */
function transposed(all: Interactions): Interactions {
  const n = all.itemIndices.length;
  return groupByUser(
    {
      userIndices: all.itemIndices,
      itemIndices: usersOfRows(all),
      ratings: all.ratings,
      timestamps: new Float64Array(n),
    },
    all.numItems,
    all.numUsers,
  );
}

/** The one tensor that a task without histories makes. */
async function made(task: string, settings: object, given: NamedTensors): Promise<TensorData | undefined> {
  const answer = (await serve([startOf(settings, given, task), END])).at(-1);
  expect(answer?.header).toEqual({ kind: 'result' });
  return Object.values(answer?.tensors ?? {})[0]?.data;
}

/** Solves for one side in tasks over a few of its rows each. */
async function halfStep(side: Interactions, data: Float32Array): Promise<Float32Array> {
  const solved = new Float32Array(side.numUsers * DIM);
  const vectors = { shape: [side.numItems, DIM], data };
  const gramian = {
    shape: [DIM, DIM],
    data: (await made('alsGramian', { numItems: side.numItems, dim: DIM }, { vectors })) ?? data,
  };
  const parts = [...partsOf(historiesOf(side), 90)];
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) {
    const settings = { numItems: side.numItems, dim: DIM, ...WEIGHTS };
    const start = startOf(settings, { vectors, gramian }, 'alsHalfStep');
    const answers = await serve([start, ...rowFrames(part), END]);
    const { tensors, header } = answers.at(-1) as Frame;
    expect(header).toEqual({ kind: 'result' });
    tensors.userIndices?.data.forEach((row, place) => {
      solved.set(tensors.vectors?.data.subarray(place * DIM, (place + 1) * DIM) ?? [], row * DIM);
    });
  }
  return solved;
}

/** The number of ratings of each user. */
const countsOf = ({ userOffsets }: Interactions): Int32Array =>
  userOffsets.subarray(1).map((end, user) => end - (userOffsets[user] ?? 0));

const fitFor = (iterations: number) =>
  fitImplicitALS(interactions, { dim: DIM, ...WEIGHTS, iterations }, { seed: 5 });
const bytes = (numRows: number, data: Float32Array) => bytesOf({ vectors: { shape: [numRows, DIM], data } });

describe('half-steps of iALS over parts', () => {
  it('make the rounds of the fit in one piece, to the byte', async () => {
    const [first, second] = [fitFor(1), fitFor(2)];
    const counts = { shape: [NUM_USERS], data: countsOf(interactions) };
    const start = await made('alsStart', { numItems: NUM_USERS, dim: DIM, seed: 5 }, { counts });
    const firstItems = await halfStep(transposed(interactions), start as Float32Array);
    expect(bytes(NUM_ITEMS, firstItems)).toEqual(bytes(NUM_ITEMS, first.itemVectors));
    const users = await halfStep(interactions, first.itemVectors);
    expect(bytes(NUM_USERS, users)).toEqual(bytes(NUM_USERS, first.userVectors));
    const items = await halfStep(transposed(interactions), users);
    expect(bytes(NUM_ITEMS, items)).toEqual(bytes(NUM_ITEMS, second.itemVectors));
    expect(bytes(NUM_USERS, await halfStep(interactions, items))).toEqual(
      bytes(NUM_USERS, second.userVectors),
    );
  });

  it('refuse vectors of another length, and say where there is no solution', async () => {
    const settings = { numItems: NUM_ITEMS, dim: DIM, ...WEIGHTS };
    const ask = async (data: Float32Array): Promise<unknown> => {
      const gramian = { shape: [DIM, DIM], data: new Float32Array(DIM * DIM) };
      const given = { vectors: { shape: [data.length], data }, gramian };
      const rows = rowFrames(historiesOf(interactions));
      return (await serve([startOf(settings, given, 'alsHalfStep'), ...rows, END])).at(-1)?.header;
    };
    expect(await ask(new Float32Array(3))).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('3 numbers instead of 200'),
    });
    expect(await ask(new Float32Array(NUM_ITEMS * DIM).fill(NaN))).toMatchObject({ code: 'BAD_DATA' });
  });
});
