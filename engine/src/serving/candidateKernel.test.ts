import { describe, expect, it } from '@jest/globals';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { RETRIEVAL_FEATURES } from '../features/registry.ts';
import type { RetrievalFeature } from '../features/registry.ts';
import { gaussian, randomInt, seededRandom } from '../random/random.ts';
import type { Random } from '../random/random.ts';
import { randomModel } from '../test/randomModel.ts';
import { explainCandidates } from './explainCandidate.ts';
import { featureScores } from './featureScores.ts';
import { foldIn } from './foldIn.ts';
import { historyEntries } from './historyEntries.ts';
import { rankCandidates } from './rankCandidates.ts';
import { retrieveCandidates } from './retrieveCandidates.ts';
import { candidateKernel } from './candidateKernel.ts';
import { similarItems, similarItemsReference } from './similarItems.ts';

const { abs } = Math;

function randomUser(model: RecommenderModel, length: number, random: Random) {
  const history = Array.from({ length }, () => ({
    itemIndex: randomInt(random, model.numItems),
    rating: 0.5 * (1 + randomInt(random, 10)),
    timestamp: 1e9 + 1e7 * random(),
  }));
  return foldIn(model, history, null);
}

describe.each([
  [1, 1],
  [50, 3],
  [1001, 32],
  // More than sixteen bits can number.
  [65_601, 2],
])('the kernel of a model of %d items, item2vec of %d', (numItems, dim) => {
  const model = randomModel(numItems, dim);
  const random = seededRandom(dim);
  const kernel = candidateKernel(model);
  const users = [1, 7, 300].map((length) => randomUser(model, length, random));

  it('is there, and shared by the same parts with other settings', () => {
    expect(kernel).not.toBeNull();
    expect(candidateKernel({ ...model, settings: { ...model.settings, numCandidates: 3 } })).toBe(kernel);
    expect(candidateKernel({ ...model, trend: null })).not.toBe(kernel);
  });

  it.each(RETRIEVAL_FEATURES)('computes %s as the reference does', (feature) => {
    for (const user of users) {
      const [computed] = candidateKernel(model)?.features(user, [feature]) ?? [];
      const expected = featureScores(model, user, feature) ?? new Float32Array(0);
      const scale = expected.reduce((most, value) => Math.max(most, abs(value)), 1);
      expect(expected).toHaveLength(numItems);
      expect(computed.scores.every((score, item) => abs(score - expected[item]) < 2e-6 * scale)).toBe(true);
    }
  });

  it('finds the similar items that the reference finds', () => {
    const eligible = Uint8Array.from({ length: numItems }, () => Number(random() < 0.7));
    for (let item = 0; item < numItems; item += Math.ceil(numItems / 7)) {
      const found = similarItems(model, item, 30, eligible);
      const expected = similarItemsReference(model, item, 30, eligible);
      expect(found.items).toHaveLength(expected.items.length);
      expect(found.items).not.toContain(item);
      expect(found.scores.every((score, place) => abs(score - expected.scores[place]) < 1e-6)).toBe(true);
      // Equal but for items that lie as near as rounding goes.
      const swapped = found.items.filter((one, place) => one !== expected.items[place]);
      expect(swapped.length).toBeLessThanOrEqual(numItems > 1000 ? 4 : 0);
    }
    expect(similarItems(model, 0, 0).items).toHaveLength(0);
  });

  it('has no feature of a part that is not there', () => {
    const without = { ...model, rising: null };
    const { features } = retrieveCandidates(without, users[0]);
    expect([...features.keys()]).toEqual(RETRIEVAL_FEATURES.filter((feature) => feature !== 'rising'));
    expect(featureScores(without, users[0], 'rising')).toBeNull();
  });

  it('retrieves and ranks what the reference does, in the same order', () => {
    for (const user of users) {
      const eligible = Uint8Array.from({ length: numItems }, () => (random() < 0.7 ? 1 : 0));
      for (const mask of [eligible, undefined]) {
        const expected = retrieveCandidates(model, user, mask, (name) => featureScores(model, user, name));
        const retrieved = retrieveCandidates(model, user, mask);
        expect(retrieved.items).toEqual(expected.items);
        expected.scores.forEach((score, place) => expect(retrieved.scores[place]).toBeCloseTo(score, 5));
        expect(retrieved.strongest).toEqual(expected.strongest);
        expect([...retrieved.features.keys()]).toEqual([...expected.features.keys()]);
        const logits = expected.scores.map((_, place) => Math.sin(place));
        const ranked = rankCandidates(model, retrieved, logits);
        const rankedBefore = rankCandidates(model, expected, logits);
        expect(ranked.items).toEqual(rankedBefore.items);
        rankedBefore.scores.forEach((score, place) => expect(ranked.scores[place]).toBeCloseTo(score, 5));
      }
    }
  });

  it('retrieves the same again and again, whichever features are cached', () => {
    const retrieveAll = () => users.map((user) => retrieveCandidates(model, user));
    const first = retrieveAll();
    const fewer = {
      ...model,
      settings: { ...model.settings, retrievalWeights: { easeRecent: 1, trend: 1 } },
    };
    for (let round = 0; round < 3; round++) {
      users.forEach((user) => retrieveCandidates(fewer, user));
      expect(retrieveAll()).toEqual(first);
    }
  });

  it('explains as the reference does, any number of items at once', () => {
    for (const user of users) {
      const { items, features } = retrieveCandidates(model, user);
      for (const matrix of [null, model.ease, model.transitions]) {
        const factors = new Float64Array(user.items.length).fill(1);
        const expected = historyEntries(model, user, items, matrix, items);
        const terms = candidateKernel(model)?.terms(user, items, [{ matrix, factors }], items) ?? [];
        const entries = terms.flatMap((ofItem) => [...ofItem]);
        expect(entries).toHaveLength(expected.length);
        expect(entries.every((entry, index) => abs(entry - expected[index]) < 1e-5)).toBe(true);
      }
      const together = explainCandidates(model, user, items, features)(items);
      const [alone] = explainCandidates(model, user, items)([items[items.length - 1]]);
      alone.forEach((term, h) => expect(together[items.length - 1][h]).toBeCloseTo(term, 5));
    }
  });
});

describe('the order of ranked candidates', () => {
  const model = randomModel(700, 4);
  const random = seededRandom(7);
  const items = Int32Array.from({ length: 700 }, (_, place) => (place * 37) % 700);
  const features = new Map<RetrievalFeature, Float32Array>();
  const settings = { ...model.settings, rankingWeights: { neuralCF: 1 } };

  it.each([
    ['all different', () => gaussian(random)],
    ['many alike', () => randomInt(random, 50)],
    ['all alike', () => 1],
    ['one far out', (place: number) => (place === 300 ? 1e6 : gaussian(random))],
  ])('falls by score, then rises by row: %s', (_, valueAt) => {
    const logits = Float32Array.from(items, (__, place) => valueAt(place));
    const candidates = { items, scores: logits, features, strongest: new Uint8Array(700) };
    const places = [...items.keys()].sort((a, b) => logits[b] - logits[a] || items[a] - items[b]);
    const { items: ranked } = rankCandidates({ settings }, candidates, logits);
    expect([...ranked]).toEqual(places.map((place) => items[place]));
  });
});

describe('the best of a blend', () => {
  it.each([
    ['all alike', () => 0.3],
    ['one far out', (item: number) => (item === 300 ? 1 - 1e-7 : 0.1 + (item % 90) / 1000)],
    ['few different', (item: number) => (item % 5) / 10],
  ])("are the reference's where values are %s", (_, popularityOf) => {
    const base = randomModel(701, 4);
    const model: RecommenderModel = {
      ...base,
      item2vec: { ...base.item2vec },
      popularity: Float32Array.from({ length: 701 }, (__, item) => popularityOf(item)),
      settings: { ...base.settings, retrievalWeights: { popularity: 1 }, rankingWeights: {} },
    };
    const user = randomUser(model, 5, seededRandom(3));
    for (const eligible of [
      undefined,
      new Uint8Array(701),
      Uint8Array.from({ length: 701 }, (__, i) => i % 3),
    ]) {
      const expected = retrieveCandidates(model, user, eligible, (name) => featureScores(model, user, name));
      const retrieved = retrieveCandidates(model, user, eligible);
      expect([...retrieved.items]).toEqual([...expected.items]);
      expect(retrieved.strongest).toEqual(expected.strongest);
    }
  });
});
