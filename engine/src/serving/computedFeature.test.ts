import { describe, expect, it, jest } from '@jest/globals';
import type { FoldedHistory } from '../data/history.ts';
import type { FeatureWeights, RecommenderModel } from '../features/recommenderModel.ts';
import type { RetrievalFeature } from '../features/registry.ts';
import { fitEASE } from '../models/ease/index.ts';
import { easePart } from '../models/ease/part.ts';
import { fitItem2Vec } from '../models/item2vec/index.ts';
import { fitPopularity } from '../models/popularity/index.ts';
import type { HasMatrix } from '../models/sparsePart.ts';
import { fitTransitions } from '../models/transitions/index.ts';
import { scoreSparse } from '../sparse/itemMatrix.ts';
import { checkerboard } from '../test/modelContract.ts';

const TAU = 20;

/** The same numbers as the sparse feature `easeRecent`, which is thus its oracle. */
const toy = {
  name: 'toy',
  part: 'ease',
  kind: 'computed',
  tau: TAU,
  source: 'collaborative',
  explains: true,
  scores({ ease }: HasMatrix<'ease'>, { items, weights }: FoldedHistory): Float32Array | null {
    if (!ease) return null;
    const scores = new Float32Array(ease.numItems);
    scoreSparse(ease, items, weights(TAU), scores);
    return scores;
  },
  shares({ ease }: HasMatrix<'ease'>, { items, weights }: FoldedHistory, asked: Int32Array): Float32Array {
    const shares = new Float32Array(asked.length * items.length);
    items.forEach((item, h) => {
      if (!ease) return;
      const scores = new Float32Array(ease.numItems);
      scoreSparse(ease, Int32Array.of(item), weights(TAU).subarray(h, h + 1), scores);
      asked.forEach((one, place) => (shares[place * items.length + h] = scores[one]));
    });
    return shares;
  },
} as const;
const scoresOfToy = jest.spyOn(toy, 'scores');

jest.unstable_mockModule('../models/ease/part.ts', () => ({
  easePart: { ...easePart, features: [...easePart.features, toy] },
}));
const { ABLATIONS, RETRIEVAL_FEATURES } = await import('../features/registry.ts');
const { foldIn } = await import('./foldIn.ts');
const { featureScores } = await import('./featureScores.ts');
const { candidateKernel } = await import('./candidateKernel.ts');
const { explainCandidates } = await import('./explainCandidate.ts');
const { retrieveCandidates } = await import('./retrieveCandidates.ts');

const TOY = toy.name as string as RetrievalFeature;
const board = checkerboard(40);
const neighbourhood = { window: 5, decay: 2, numNeighbours: 10 };

function modelOf(weights: FeatureWeights): RecommenderModel {
  return {
    ...parts,
    settings: {
      retrievalWeights: weights,
      rankingWeights: weights,
      calibration: { ranked: { slope: 1, intercept: 0 }, retrieval: { slope: 1, intercept: 0 } },
      numCandidates: 15,
    },
  };
}

const parts = {
  numItems: 40,
  item2vec: fitItem2Vec(
    board,
    { dim: 4, window: 2, negatives: 2, epochs: 2, learningRate: 0.1 },
    { seed: 1 },
  ),
  implicitALS: null,
  ease: fitEASE(board, { l2: 2, numNeighbours: 12 }, { seed: 1 }),
  coVisitation: fitTransitions(board, { ...neighbourhood, isDirected: false }),
  transitions: null,
  trend: null,
  neuralCF: null,
  neuralCFFoldIn: null,
  popularity: fitPopularity(board),
  rising: null,
  dislikes: null,
  neighbours: { numNeighbours: 0, items: new Int32Array(0), lifts: new Float32Array(0) },
  itemMap: null,
  sequence: null,
};
const model = modelOf({ [TOY]: 0.6, easeRecent: 0.1, coVisitation: 0.3 });
const asSparse = modelOf({ easeRecent: 0.7, coVisitation: 0.3 });
const newUser = () =>
  foldIn(
    model,
    [3, 8, 5, 21].map((itemIndex, place) => ({ itemIndex, rating: 1 + place })),
    null,
  );

describe('a computed feature', () => {
  it('takes part like any other, beside sparse features of its part', () => {
    expect(RETRIEVAL_FEATURES).toContain(TOY);
    expect(ABLATIONS['ease']).toEqual(['ease', 'easeRecent', TOY]);
  });

  it('has the same scores in the kernel and in the reference', () => {
    const user = newUser();
    const [sparse, computed] = candidateKernel(model)?.features(user, ['easeRecent', TOY]) ?? [];
    expect(computed.scores).toEqual(featureScores(model, user, TOY));
    expect(computed.scores).toEqual(sparse.scores);
    expect([computed.mean, computed.deviation]).toEqual([sparse.mean, sparse.deviation]);
  });

  it('retrieves what the reference and the sparse feature of the same numbers do', () => {
    const user = newUser();
    const { items, scores } = retrieveCandidates(model, user);
    const reference = retrieveCandidates(model, user, undefined, (name) => featureScores(model, user, name));
    for (const expected of [reference, retrieveCandidates(asSparse, user)]) {
      expect(items).toEqual(expected.items);
      expected.scores.forEach((score, place) => expect(scores[place]).toBeCloseTo(score, 5));
    }
  });

  it('explains by its shares what the sparse feature does by its matrix', () => {
    const user = newUser();
    const { items, features } = retrieveCandidates(model, user);
    const terms = explainCandidates(model, user, items, features)(items);
    const expected = explainCandidates(asSparse, user, items)(items);
    expected.forEach((ofItem, place) =>
      ofItem.forEach((term, h) => expect(terms[place][h]).toBeCloseTo(term, 5)),
    );
    expect(terms.flatMap((ofItem) => [...ofItem]).some((term) => Math.abs(term) > 0.1)).toBe(true);
  });

  it('is cached for a user who comes again, and absent without its part', () => {
    const user = newUser();
    scoresOfToy.mockClear();
    const first = retrieveCandidates(model, user);
    for (let time = 0; time < 3; time++) expect(retrieveCandidates(model, user)).toEqual(first);
    expect(scoresOfToy).toHaveBeenCalledTimes(2);
    const without = { ...model, ease: null };
    expect([...retrieveCandidates(without, newUser()).features.keys()]).toEqual(['coVisitation']);
  });
});
