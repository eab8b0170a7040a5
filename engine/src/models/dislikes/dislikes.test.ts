import { expect, it } from '@jest/globals';
import { groupByUser } from '../../data/interactions.ts';
import { fitDislikes } from './index.ts';
import { dislikesPart } from './part.ts';

it('is the damped share of ratings below three stars', () => {
  const interactions = groupByUser(
    {
      userIndices: Int32Array.of(0, 0, 1, 1),
      itemIndices: Int32Array.of(0, 1, 0, 1),
      ratings: Float32Array.of(0.5, 3, 2.5, 5),
      timestamps: new Float64Array(4),
    },
    2,
    3,
  );
  // Ten ratings at the share of all, a half, beside an item's own two.
  expect([...fitDislikes(interactions)]).toEqual([7 / 12, 5 / 12, 0.5].map(Math.fround));
});

it('is unknown in models of earlier releases', () => {
  expect(dislikesPart.fromTensors({}, 3)).toEqual({ dislikes: null });
});
