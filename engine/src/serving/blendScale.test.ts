import { expect, it } from '@jest/globals';
import { blendOnScale, blendScaleOf, type BlendScale, type BlendValues } from './blendScale.ts';
import { blendedScores, calibratedScores, rankCandidates, subtractRisks } from './rankCandidates.ts';

const settings = {
  retrievalWeights: { item2vec: 1 },
  rankingWeights: { item2vec: 0.6, popularity: 0.2, neuralCF: 0.2 },
  dislikeWeight: 0.5,
  numCandidates: 4,
  calibration: { ranked: { slope: 2, intercept: -1 }, retrieval: { slope: 1, intercept: 0.5 } },
};
const candidates = {
  items: Int32Array.of(5, 3, 9, 1),
  scores: Float32Array.of(4, 3, 2, 1),
  strongest: new Uint8Array(4),
  features: new Map([
    ['item2vec' as const, Float32Array.of(1, 1, 3, 3)],
    // Alike for all: says nothing.
    ['popularity' as const, Float32Array.of(7, 7, 7, 7)],
  ]),
};
const logits = Float32Array.of(-1, 1, -1, 1);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Scores on a scale, as `scoreOnScale` in `model` makes them. */
function scoresOnScale(
  model: { settings: typeof settings },
  scale: BlendScale,
  values: BlendValues,
  { logits: ofValues, risks }: { logits: Float32Array | null; risks: Float64Array },
): Float32Array {
  const z = blendOnScale(scale, values, ofValues);
  subtractRisks(z, risks, model.settings);
  return calibratedScores(z, model.settings, scale.retrieval === null);
}

it('gives a candidate the score that the list gives it', () => {
  const risks = Float64Array.of(0, 0.2, 0, 0.4);
  const scale = blendScaleOf({ settings }, candidates, logits);
  const scores = scoresOnScale({ settings }, scale, candidates, { logits, risks });
  const ranked = rankCandidates({ settings }, candidates, logits, risks);
  ranked.places.forEach((place, rank) => expect(scores[place]).toBe(ranked.scores[rank]));
  expect(blendOnScale(scale, candidates, logits)).toEqual(blendedScores({ settings }, candidates, logits));
});

it("scores other items by the candidates' mean and deviation, not by their own", () => {
  const scale = blendScaleOf({ settings }, candidates, logits);
  const others = {
    items: Int32Array.of(8),
    scores: Float32Array.of(0),
    features: new Map([
      ['item2vec' as const, Float32Array.of(5)],
      ['popularity' as const, Float32Array.of(100)],
    ]),
  };
  // item2vec: mean 2, deviation 1; NeuralCF: mean 0, deviation 1.
  const z = 0.6 * (5 - 2) + 0.2 * 3;
  const asked = { logits: Float32Array.of(3), risks: Float64Array.of(0.5) };
  expect(blendOnScale(scale, others, asked.logits)[0]).toBeCloseTo(z, 12);
  expect(scoresOnScale({ settings }, scale, others, asked)[0]).toBeCloseTo(sigmoid(2 * (z - 0.25) - 1), 6);
});

it("stands on retrieval's score and its calibration where NeuralCF cannot score the user", () => {
  const scale = blendScaleOf({ settings }, candidates, null);
  const others = { items: Int32Array.of(8, 2), scores: Float32Array.of(2.5, 0), features: new Map() };
  const asked = { logits: null, risks: Float64Array.of(0, 0) };
  // Mean 2.5, deviation √1.25.
  const [atMean, below] = scoresOnScale({ settings }, scale, others, asked);
  expect(atMean).toBeCloseTo(sigmoid(0.5), 6);
  expect(below).toBeCloseTo(sigmoid(-2.5 / Math.sqrt(1.25) + 0.5), 6);
  const alike = blendScaleOf({ settings }, { ...candidates, scores: new Float32Array(4) }, null);
  expect([...blendOnScale(alike, others, null)]).toEqual([0, 0]);
});
