import { CombinedGraphQLErrors } from '@apollo/client';
import { describe, expect, it } from '@jest/globals';
import { hasCode, isUnreachable } from './errors.ts';

describe('isUnreachable', () => {
  it('is about silence, not about errors that the API answered with', () => {
    expect(isUnreachable(new TypeError('Failed to fetch'))).toBe(true);
    expect(isUnreachable(new CombinedGraphQLErrors({ data: null, errors: [{ message: 'no' }] }))).toBe(false);
    expect(isUnreachable(undefined)).toBe(false);
  });
});

describe('hasCode', () => {
  it('knows the code of any of the errors', () => {
    const errors = ['NOT_FOUND', 'RATE_LIMITED'].map((code) => ({ message: 'no', extensions: { code } }));
    const refused = new CombinedGraphQLErrors({ data: null, errors });
    expect(hasCode(refused, 'RATE_LIMITED')).toBe(true);
    expect(hasCode(refused, 'FORBIDDEN')).toBe(false);
    expect(hasCode(new TypeError('Failed to fetch'), 'RATE_LIMITED')).toBe(false);
    expect(hasCode(undefined, 'RATE_LIMITED')).toBe(false);
  });
});
