import { describe, expect, it } from '@jest/globals';
import { answerOf } from './answer.ts';

const offline = new TypeError('Failed to fetch');

describe('what is shown of a query', () => {
  it('is the answer to the current question, with what is wrong with it', () => {
    expect(answerOf({ data: 'horror', previousData: 'comedies', loading: false })).toEqual({
      data: 'horror',
      isFormer: false,
      loading: false,
      error: undefined,
    });
    expect(answerOf({ data: 'half', loading: false, error: offline })).toMatchObject({
      data: 'half',
      error: offline,
    });
  });

  it('is the former answer, said to be so, only while the current one is awaited', () => {
    const awaited = { data: undefined, previousData: 'comedies' };
    expect(answerOf({ ...awaited, loading: true })).toMatchObject({ data: 'comedies', isFormer: true });
    expect(answerOf({ ...awaited, loading: false, error: offline })).toEqual({
      data: undefined,
      isFormer: false,
      loading: false,
      error: offline,
    });
  });

  it('is still the error while it is asked again by itself', () => {
    const again = { data: undefined, previousData: 'comedies', loading: true };
    expect(answerOf(again, offline)).toEqual({
      data: undefined,
      isFormer: false,
      loading: false,
      error: offline,
    });
    expect(answerOf({ ...again, data: 'horror', loading: false }, offline)).toMatchObject({
      data: 'horror',
      error: undefined,
    });
  });
});
