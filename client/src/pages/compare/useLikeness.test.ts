import { expect, it } from '@jest/globals';
import { likenessOf } from './useLikeness.ts';

it('says how alike two people are, in words', () => {
  const words = (similarity: number, common = 20) => likenessOf(similarity, common).message;
  expect(words(0.7)).toBe('Almost the same taste');
  expect(words(0.25)).toBe('Much alike');
  expect(words(0)).toBe('Neither alike nor opposite');
  expect(words(-0.1)).toBe('Rather different');
  expect(words(-1)).toBe('Opposite tastes');
  expect(words(0, 0)).toBe('Nothing to compare yet');
});
