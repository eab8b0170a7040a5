import { expect, it } from '@jest/globals';
import { groupByUser } from '../../data/interactions.ts';
import { fitDislikes } from './index.ts';
import { dislikesPart } from './part.ts';

it('is how many times larger the damped odds of a rating below three stars are than those of all', () => {
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
  expect([...fitDislikes(interactions)]).toEqual([7 / 5, 5 / 7, 1].map(Math.fround));
});

it('is finite where nothing was disliked, or everything', () => {
  for (const rating of [1, 5]) {
    const interactions = groupByUser(
      {
        userIndices: Int32Array.of(0, 0),
        itemIndices: Int32Array.of(0, 1),
        ratings: Float32Array.of(rating, rating),
        timestamps: new Float64Array(2),
      },
      1,
      3,
    );
    const odds = fitDislikes(interactions);
    expect([...odds].every((ratio) => ratio > 0 && ratio < Infinity)).toBe(true);
    expect(odds[2]).toBe(1);
  }
});

it('is unknown in models of earlier releases', () => {
  expect(dislikesPart.fromTensors({}, 3)).toEqual({ dislikes: null });
});
