import { describe, expect, it } from '@jest/globals';
import { AppError } from '@pocketrocket/runtime';
import { GraphQLError } from 'graphql';
import { formatError, isOurFault } from './errors.ts';

const format = (error: GraphQLError) => formatError(error.toJSON(), error);

describe('errors as clients get them', () => {
  it.each([
    ['provided sha does not match query', 'BAD_USER_INPUT', 'is not the SHA-256 of this query'],
    ['Unsupported persisted query version', 'BAD_USER_INPUT', 'must be 1'],
    [
      'Too many validation errors, error limit reached. Validation aborted.',
      'GRAPHQL_VALIDATION_FAILED',
      'after the first ones',
    ],
    [
      'Too many errors processing variables, error limit reached. Execution aborted.',
      'BAD_USER_INPUT',
      'only the first ones',
    ],
  ])('blame the caller of %j', (message, code, told) => {
    const error = new GraphQLError(message);
    expect(format(error)).toMatchObject({
      message: expect.stringContaining(told) as unknown,
      extensions: { code },
    });
    expect(isOurFault(error)).toBe(false);
  });

  it('tell nothing of a bug', () => {
    const error = new GraphQLError('boom', { originalError: new Error('secret') });
    expect(format(error).extensions?.['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(format(error).message).not.toMatch(/boom|secret/);
    expect(isOurFault(error)).toBe(true);
  });

  it('quote little of what was sent', () => {
    const long = `Variable "$n" got invalid value "${'ä'.repeat(100_000)}"; Int cannot represent non-integer value: "${'ä'.repeat(100_000)}"`;
    const { message } = format(new GraphQLError(long, { extensions: { code: 'BAD_USER_INPUT' } }));
    expect(message.length).toBeLessThanOrEqual(201);
    expect(message).toMatch(
      /^Variable "\$n" got invalid value "ä+…"; Int cannot represent non-integer value: "ä+…"$/,
    );
  });

  it('say what they have to say in the words of this API', () => {
    const error = new GraphQLError('x', {
      path: ['movies'],
      originalError: new AppError('BAD_USER_INPUT', 'w'.repeat(300)),
    });
    expect(format(error).message).toHaveLength(300);
  });
});
