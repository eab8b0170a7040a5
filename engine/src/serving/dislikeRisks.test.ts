import { describe, expect, it } from '@jest/globals';
import { dislikeRisks } from './dislikeRisks.ts';

/** Item 0 stands near 2, item 1 near 3. */
const coVisitation = {
  numItems: 5,
  offsets: Int32Array.of(0, 1, 2, 2, 2, 2),
  items: Int32Array.of(2, 3),
  weights: Float32Array.of(4, 4),
};
/** Item 4 is disliked twice as often for each like as all items together. */
const dislikes = Float32Array.of(1, 1, 1, 1, 2);
const model = { numItems: 5, coVisitation, dislikes };
const rated = (...ratings: number[]) => ({
  history: ratings.map((rating, itemIndex) => ({ itemIndex, rating })),
});
const candidates = Int32Array.of(2, 3, 4);
/** −ln of the probability of no dislike. */
const riskOf = (odds: number): number => -Math.log(1 - odds / (1 + odds));

describe('dislikeRisks', () => {
  it('is larger near a dislike than near a movie that was liked', () => {
    const risks = dislikeRisks(model, rated(2.5, 3), candidates);
    // One of the user's seven ratings, of which five are credited; .3 of what is near has that share.
    const own = 0.3 / 7;
    expect(risks[0]).toBeCloseTo(riskOf((own + 4) / (0.3 - own)), 6);
    expect(risks[1]).toBeCloseTo(riskOf(own / (0.3 + 4 - own)), 6);
  });

  it('is larger for what everyone dislikes', () => {
    const near = { ...model, coVisitation: null };
    // The user's own odds, 1 : 6, where nothing is near.
    const risks = dislikeRisks(near, rated(2.5, 3), candidates);
    expect(risks[0]).toBeCloseTo(riskOf(1 / 6), 6);
    expect(risks[2]).toBeCloseTo(riskOf(2 / 6), 6);
    expect(dislikeRisks({ ...near, dislikes: null }, rated(2.5, 3), candidates)[2]).toBe(risks[0]);
  });

  it('is larger for a user who dislikes much', () => {
    const nothingNear = Int32Array.of(4);
    const [few] = dislikeRisks(model, rated(2.5, 3), nothingNear);
    const [many] = dislikeRisks(model, rated(2.5, 1), nothingNear);
    expect(many).toBeGreaterThan(few);
  });

  it('is nothing for a user who disliked nothing: the order is that of the models', () => {
    expect([...dislikeRisks(model, rated(3, 5), candidates)]).toEqual([0, 0, 0]);
  });
});
