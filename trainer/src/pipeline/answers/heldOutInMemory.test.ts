import { expect, it } from '@jest/globals';
import { IdMap, type InteractionRows } from '@pocketrocket/engine';
import { prepareTask } from '../evaluation/evaluationTask.ts';
import { splitInMemory } from './heldOutInMemory.ts';

const USERS = 30;
const MOST_USERS = 10;

const rowsOf = (users: number[], item: number): InteractionRows => ({
  userIndices: Int32Array.from(users),
  itemIndices: Int32Array.from(users, () => item),
  ratings: Float32Array.from(users, () => 5),
  timestamps: Float64Array.from(users, () => item),
});

/** Users of two movies, of whom every other one has one of them held out. */
function split(seed: number) {
  const users = Array.from({ length: USERS }, (_, user) => user);
  const task = prepareTask({
    protocol: 'last-out',
    ids: { users: IdMap.from(users), items: IdMap.from([0, 1]) },
    facts: { releaseYears: null },
    train: rowsOf(users, 0),
    holdout: rowsOf(
      users.filter((user) => user % 2 === 0),
      1,
    ),
    shape: { kind: 'last-out' },
    negatives: { kind: 'none' },
    seed,
  });
  return splitInMemory(task, MOST_USERS).heldOut;
}

it('asks some of too many users, drawn by the seed', async () => {
  const heldOut = split(1);
  const { users } = heldOut;
  expect(heldOut.numHeldOut).toBe(USERS / 2);
  expect(users).toHaveLength(MOST_USERS);
  expect([...users].every((user) => user % 2 === 0)).toBe(true);
  expect(split(1).users).toEqual(users);
  expect(split(2).users).not.toEqual(users);

  const { cases, isTimed } = await heldOut.casesOf(Int32Array.of(3, 0));
  expect(cases.map(({ userIndex }) => userIndex)).toEqual([users[3], users[0]]);
  expect(isTimed).toHaveLength(2);
});
