import { CombinedGraphQLErrors } from '@apollo/client';
import { describe, expect, it } from '@jest/globals';
import { isUnreachable } from './QueryError.tsx';

describe('isUnreachable', () => {
  it('is about silence, not about errors that the API answered with', () => {
    expect(isUnreachable(new TypeError('Failed to fetch'))).toBe(true);
    expect(isUnreachable(new CombinedGraphQLErrors({ data: null, errors: [{ message: 'no' }] }))).toBe(false);
    expect(isUnreachable(undefined)).toBe(false);
  });
});
