import { describe, expect, it } from '@jest/globals';
import { CommonWords } from './commonWords.ts';

describe('common words', () => {
  const common = new CommonWords();
  for (let movieId = 1; movieId <= 5_001; movieId++)
    common.add(movieId, new Set(['love', movieId === 5_001 ? 'lynx' : `film${movieId}`]));
  common.finish();

  it('are passed over beside others', () => {
    expect(common.telling(['love', 'lynx'])).toEqual(['lynx']);
    expect(common.telling(['love'])).toEqual(['love']);
  });

  it('are answered by the most rated movies where they are unfinished', () => {
    expect(common.mostRatedWith('lo')).toHaveLength(100);
    expect(common.mostRatedWith('l')?.slice(0, 2)).toEqual([1, 2]);
    expect(common.mostRatedWith('ly')).toBeNull();
  });
});
