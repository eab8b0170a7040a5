import { expect, it } from '@jest/globals';
import type { Interactions } from '@pocketrocket/engine';
import { fingerprintOf, handleOf } from './fingerprint.ts';

const ratings: Interactions = {
  numUsers: 3,
  numItems: 9,
  userOffsets: Int32Array.of(0, 2, 2, 4),
  itemIndices: Int32Array.of(4, 5, 4, 8),
  ratings: Float32Array.of(5, 0.5, 3, 3),
  timestamps: Float64Array.of(NaN, 10, 2 ** 40, -1),
};

it('is that which Spark computes', () => {
  // The same figures stand in trainer/spark/tests/test_users.py.
  expect(fingerprintOf(ratings)).toEqual({
    numUsers: 3,
    numItems: 9,
    numRatings: 4,
    digest: [3416910491, 2592260418, 2503320743, 2836068337],
  });
});

it.each<[string, Partial<Interactions>]>([
  ['another user', { userOffsets: Int32Array.of(0, 0, 2, 4) }],
  ['another order', { itemIndices: Int32Array.of(5, 4, 4, 8) }],
  ['another item', { itemIndices: Int32Array.of(4, 5, 4, 7) }],
  ['other stars', { ratings: Float32Array.of(5, 0.5, 3, 3.5) }],
  ['another time', { timestamps: Float64Array.of(NaN, 11, 2 ** 40, -1) }],
  ['a time that is unknown', { timestamps: Float64Array.of(NaN, NaN, 2 ** 40, -1) }],
  ['a further item that nobody rated', { numItems: 10 }],
])('differs for %s', (_, change) => {
  expect(handleOf(fingerprintOf({ ...ratings, ...change }))).not.toEqual(handleOf(fingerprintOf(ratings)));
});
