import { expect, it } from '@jest/globals';
import { heldOutOnSpark } from './sparkHeldOut.ts';

const MOST_USERS = 100;

/** Users of two ratings, of every second of whom one is held out. */
function heldOutOf(numUsers: number, seed: number) {
  const heldOut = heldOutOnSpark(
    {
      split: { shape: { kind: 'last-out' }, seed, depth: 1 },
      numUsers,
      numItems: 10,
      userCounts: Int32Array.from({ length: numUsers }, (_, user) => 1 + (user % 2)),
      withHeldOut: () => Promise.reject(new Error('nobody asks')),
    },
    { userCounts: new Int32Array(numUsers).fill(2) },
    { negatives: { kind: 'none' }, seed },
    {
      askForSeveral: () => Promise.reject(new Error('nobody asks')),
      write: () => Promise.reject(new Error('nobody asks')),
    },
    { info: () => undefined },
    MOST_USERS,
  );
  return heldOut;
}

it('asks the users of whom something is held out', () => {
  expect(heldOutOf(6, 1)).toMatchObject({ users: Int32Array.of(0, 2, 4), numHeldOut: 3 });
});

it('draws some of too many, by the seed', () => {
  const { users, numHeldOut } = heldOutOf(2 * MOST_USERS + 2, 1);
  expect(numHeldOut).toBe(MOST_USERS + 1);
  expect(users).toHaveLength(MOST_USERS);
  expect(new Set(users).size).toBe(MOST_USERS);
  expect(users).toEqual(users.slice().sort());
  expect(heldOutOf(2 * MOST_USERS + 2, 1).users).toEqual(users);
  expect(heldOutOf(2 * MOST_USERS + 2, 2).users).not.toEqual(users);
});
