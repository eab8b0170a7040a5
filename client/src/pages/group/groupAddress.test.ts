import { describe, expect, it } from '@jest/globals';
import { readGroupAddress, tokensIn, writeGroupAddress } from './groupAddress.ts';

const [A, B] = ['a'.repeat(43), 'B-_'.repeat(14)];

describe("the address of a group's page", () => {
  it('names people and tokens, and is written as it is read', () => {
    const group = { userIds: [17, 23], tokens: [A, B] };
    const { search, hash } = writeGroupAddress(new URLSearchParams('rule=LEAST_MISERY'), group);
    expect(search).toBe('rule=LEAST_MISERY&with=17.23');
    expect(readGroupAddress(new URLSearchParams(search), `#${hash}`)).toEqual(group);
  });

  it('names nobody where it cannot be read, and each once', () => {
    for (const text of ['', 'x', '-1', '1e99', '3000000000'])
      expect(readGroupAddress(new URLSearchParams({ with: text }), '#short')).toEqual({
        userIds: [],
        tokens: [],
      });
    expect(readGroupAddress(new URLSearchParams('with=7.7.8'), `#${A}.${A}.<script>`)).toEqual({
      userIds: [7, 8],
      tokens: [A],
    });
    expect(readGroupAddress(new URLSearchParams('with=1.2.3.4.5.6.7.8'), '').userIds).toHaveLength(5);
  });

  it('is taken over from what somebody pastes', () => {
    expect(tokensIn(` https://films.example/group?with=3#${A}.${B} `)).toEqual([A, B]);
    expect(tokensIn(A)).toEqual([A]);
    expect(tokensIn('hello')).toEqual([]);
  });
});
