import { describe, expect, it } from '@jest/globals';
import type { HistoryEntry } from '../data/history.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { encodeSequence } from '../models/sequence/encode.ts';
import { randomModel } from '../test/randomModel.ts';
import { explainCandidates } from './explainCandidate.ts';
import { foldIn } from './foldIn.ts';
import { retrieveCandidates } from './retrieveCandidates.ts';
import { momentsOf } from './standardise.ts';

const NUM_ITEMS = 80;
const random = randomModel(NUM_ITEMS, 4);
const settings = {
  ...random.settings,
  retrievalWeights: { sequence: 1 },
  rankingWeights: { sequence: 0.5 },
  numCandidates: 30,
};
const model: RecommenderModel = { ...random, settings };
const sequence = random.sequence;
if (!sequence) throw new Error('the random model has a sequence model');
/** Longer than what the model reads: the oldest five have no share. */
const history: HistoryEntry[] = Array.from({ length: 25 }, (_, place) => ({
  itemIndex: (7 * place + 1) % NUM_ITEMS,
  rating: 1 + (place % 5),
  timestamp: 1e9 + 1000 * place ** 2,
}));

function vectorOf(entries: readonly HistoryEntry[]): Float32Array {
  if (!sequence) return new Float32Array(0);
  return encodeSequence(sequence, {
    items: entries.map(({ itemIndex }) => itemIndex),
    ratings: entries.map(({ rating }) => rating),
    timestamps: entries.map(({ timestamp }) => timestamp ?? NaN),
  });
}

function scoreOf(vector: Float32Array, item: number): number {
  const { dim = 0, parameters } = sequence ?? {};
  return vector.reduce((sum, value, c) => sum + value * (parameters?.itemEmbeddings[item * dim + c] ?? 0), 0);
}

describe('the sequence feature', () => {
  const user = foldIn(model, history, null);
  const { items, scores } = retrieveCandidates(model, user);

  it("retrieves for anybody by the history's vector against the items' embeddings", () => {
    const vector = vectorOf(history);
    const all = Array.from({ length: NUM_ITEMS }, (_, item) => item);
    const best = all.sort((a, b) => scoreOf(vector, b) - scoreOf(vector, a)).slice(0, 30);
    expect([...items]).toEqual(best);
    expect(scores[0]).toBeGreaterThan(scores[29]);
  });

  it('is explained by what the score loses without each entry, beside the mean of all candidates', () => {
    const vector = vectorOf(history);
    const { deviation } = momentsOf(Float32Array.from(items, (item) => scoreOf(vector, item)));
    const shown = items.slice(0, 4);
    const terms = explainCandidates(model, user, items)(shown);
    const without = history.map((_, place) => vectorOf(history.filter((_entry, at) => at !== place)));
    shown.forEach((item, index) =>
      without.forEach((other, place) => {
        const loss = (one: number): number => scoreOf(vector, one) - scoreOf(other, one);
        const mean = items.reduce((sum, one) => sum + loss(one) / items.length, 0);
        expect(terms[index][place]).toBeCloseTo((0.5 * (loss(item) - mean)) / deviation, 3);
      }),
    );
  });

  it('is absent without the model', () => {
    const none = { ...model, sequence: null };
    expect(foldIn(none, history, null).sequence).toBeNull();
    expect(retrieveCandidates(none, foldIn(none, history, null)).features.has('sequence')).toBe(false);
  });
});
