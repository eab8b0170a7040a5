import { expect, it } from '@jest/globals';
import { fullRecipe, IdMap, type InteractionRows } from '@pocketrocket/engine';
import { prepareTask } from '../evaluation/evaluationTask.ts';
import { someCases } from '../evaluation/tuneSettings.ts';
import { splitInMemory } from './heldOutInMemory.ts';
import { heldOutItemsOf } from './heldOutItems.ts';

const rowsOf = (users: readonly number[], item: number): InteractionRows => ({
  userIndices: Int32Array.from(users),
  itemIndices: Int32Array.from(users, () => item),
  ratings: Float32Array.from(users, () => 5),
  timestamps: Float64Array.from(users, () => item),
});

/** Of such a recipe, as of any that has a sequence model, one stops early. */
const { recipe } = fullRecipe({ users: 20, items: 2, interactions: 40 }, true);

/** Everybody has an item held out; those for whom `isTrained` is true have another one before. */
function splitOf(numUsers: number, isTrained: (user: number) => boolean) {
  const users = Array.from({ length: numUsers }, (_, user) => user);
  const task = prepareTask({
    protocol: 'last-out',
    ids: { users: IdMap.from(users), items: IdMap.from([0, 1]) },
    facts: { releaseYears: null },
    train: rowsOf(users.filter(isTrained), 0),
    holdout: rowsOf(users, 1),
    shape: { kind: 'last-out' },
    negatives: { kind: 'none' },
    seed: 5,
  });
  return splitInMemory(task);
}

it('asks nobody who has no history in the split', async () => {
  const heldOut = await heldOutItemsOf(
    splitOf(20, (user) => user % 2 === 0),
    recipe,
  );
  expect(heldOut).toEqual({
    userIndices: Int32Array.from({ length: 10 }, (_, place) => 2 * place),
    offsets: Int32Array.from({ length: 11 }, (_, place) => place),
    items: new Int32Array(10).fill(1),
  });
  expect(
    await heldOutItemsOf(
      splitOf(20, () => false),
      recipe,
    ),
  ).toBeUndefined();
});

it('asks nobody where no model of the recipe stops early', async () => {
  const split = splitOf(20, () => true);
  expect(await heldOutItemsOf(split, { ...recipe, sequence: null })).toBeUndefined();
});

it('asks others than tuning does, where there are enough', async () => {
  const split = splitOf(2_500, () => true);
  const { cases } = await someCases(split, 1_500, 1);
  const tuned = new Set(cases.map(({ userIndex }) => userIndex));
  const { userIndices = [] } = (await heldOutItemsOf(split, recipe)) ?? {};
  expect(userIndices).toHaveLength(1_000);
  expect([...userIndices].some((user) => tuned.has(user))).toBe(false);
});
