import { describe, expect, it } from '@jest/globals';
import { DISLIKE_WEIGHT } from '../serving/rankCandidates.ts';
import type { BlendCase } from './blend.ts';
import { chooseDislikeWeight } from './dislikeWeight.ts';

/** Twelve candidates; the twelfth is what was picked, in the ninth place. */
function caseWith({ risk, isDisliked }: { risk: number; isDisliked: boolean }): BlendCase {
  const z = Float32Array.from({ length: 12 }, (_, place) => (place === 11 ? 4.05 : 12 - place));
  return {
    z: [z],
    relevant: Uint8Array.from(z, (_, place) => Number(place === 11)),
    numMissed: 0,
    risks: Float64Array.from(z, (_, place) => (place === 11 ? risk : 0)),
    disliked: Uint8Array.from(z, (_, place) => Number(place === 11 && isDisliked)),
    numDisliked: Number(isDisliked),
  };
}

const safe = caseWith({ risk: 0, isDisliked: false });

describe('chooseDislikeWeight', () => {
  const among = (count: number, one: BlendCase): BlendCase[] => [
    one,
    ...Array.from({ length: count }, () => safe),
  ];

  it('is the largest weight where risks cost nothing', () => {
    // The weakest candidate is what the user may dislike, and nobody has picked it.
    const risks = Float64Array.from({ length: 12 }, (_, place) => Number(place === 10));
    expect(chooseDislikeWeight([{ ...safe, risks }], [1])).toBe(4);
  });

  it('is the one of untuned models where nobody dislikes anything', () => {
    expect(chooseDislikeWeight([safe], [1])).toBe(DISLIKE_WEIGHT);
    expect(chooseDislikeWeight([], [1])).toBe(DISLIKE_WEIGHT);
  });

  it('is the largest that costs at most .75 % of nDCG, of all that was picked', () => {
    const disliked = caseWith({ risk: 1, isDisliked: true });
    expect(chooseDislikeWeight([disliked], [1])).toBe(0);
    // Until 1 the pick is the tenth, above the candidate of 3; a weight more takes 1 % of the nDCG of a hundred users.
    expect(chooseDislikeWeight(among(99, disliked), [1])).toBe(1);
    expect(chooseDislikeWeight(among(199, disliked), [1])).toBe(4);
  });

  it('takes hardly a liked movie down, even where that is cheap over all', () => {
    const liked = caseWith({ risk: 1, isDisliked: false });
    expect(chooseDislikeWeight(among(199, liked), [1])).toBe(1);
  });
});
