import { describe, expect, it } from '@jest/globals';
import {
  ABLATIONS,
  FEATURES,
  FITTED_PARTS,
  PARTS,
  RANKING_FEATURES,
  RECENCY_TAU,
  RETRIEVAL_FEATURES,
} from './registry.ts';

describe('the registry', () => {
  it('names features in the order in which scores are added up, which results depend on', () => {
    expect(RETRIEVAL_FEATURES).toEqual([
      'item2vec',
      'item2vecRecent',
      'implicitALS',
      'ease',
      'easeRecent',
      'coVisitation',
      'coVisitationRecent',
      'transitionsRecent',
      'transitionsLast',
      'trend',
      'trendRatio',
      'popularity',
      'rising',
      'sequence',
    ]);
    expect(RANKING_FEATURES).toEqual([...RETRIEVAL_FEATURES, 'neuralCF']);
    expect(RECENCY_TAU).toEqual({
      item2vecRecent: 5,
      easeRecent: 20,
      coVisitationRecent: 5,
      transitionsRecent: 5,
      transitionsLast: 1,
    });
  });

  it('has every part and every feature once', () => {
    for (const names of [PARTS.map(({ name }) => name), RETRIEVAL_FEATURES]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('takes every feature out with exactly one part', () => {
    expect(Object.values(ABLATIONS).flat().sort()).toEqual([...RANKING_FEATURES].sort());
    expect(ABLATIONS['trend']).toEqual(['trend', 'trendRatio', 'popularity']);
  });

  it('explains by sums over the history', () => {
    const explaining = FEATURES.filter(({ explains }) => explains).map(({ part }) => part);
    expect([...new Set(explaining)]).toEqual(['item2vec', 'ease', 'coVisitation', 'transitions', 'sequence']);
  });

  it('lists a model after the one that it starts from', () => {
    const names = Object.keys(FITTED_PARTS);
    for (const part of Object.values(FITTED_PARTS)) {
      if ('startsFrom' in part) expect(names.indexOf(part.startsFrom)).toBeLessThan(names.indexOf(part.name));
    }
  });
});
