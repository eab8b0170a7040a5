import { describe, expect, it } from '@jest/globals';
import { dislikeRisks } from './dislikeRisks.ts';

/** Item 0 stands near 2, item 1 near 3. */
const coVisitation = {
  numItems: 5,
  offsets: Int32Array.of(0, 1, 2, 2, 2, 2),
  items: Int32Array.of(2, 3),
  weights: Float32Array.of(4, 4),
};
const dislikes = Float32Array.of(0.2, 0.2, 0.2, 0.2, 0.6);
const model = { numItems: 5, coVisitation, dislikes };
const rated = (...ratings: number[]) => ({
  history: ratings.map((rating, itemIndex) => ({ itemIndex, rating })),
});
const candidates = Int32Array.of(2, 3, 4);

describe('dislikeRisks', () => {
  it('is larger near a dislike than near a movie that was liked', () => {
    const risks = dislikeRisks(model, rated(2.5, 3), candidates);
    // The mean of what is near is 8/3, of which three times as much damps.
    expect(risks[0]).toBeCloseTo((8 * 0.2 + 4) / 12, 6);
    expect(risks[1]).toBeCloseTo((8 * 0.2) / 12, 6);
    expect(risks[2]).toBeCloseTo(0.6, 6);
  });

  it("goes by the user's own share of dislikes where the model does not know the movies'", () => {
    const risks = dislikeRisks({ ...model, dislikes: null }, rated(1, 4), candidates);
    expect(risks[2]).toBeCloseTo(0.5, 6);
    expect(risks[0]).toBeGreaterThan(risks[1]);
  });

  it('is what all think of a movie where nothing is near', () => {
    const risks = dislikeRisks({ ...model, coVisitation: null }, rated(5), candidates);
    expect([...risks].map((risk) => Math.fround(risk))).toEqual([...dislikes.subarray(2)]);
  });
});
