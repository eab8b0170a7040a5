import { CombinedGraphQLErrors } from '@apollo/client';
import { describe, expect, it } from '@jest/globals';
import { problemOf, sentence } from './problems.ts';

const refused = (message: string, code = 'BAD_USER_INPUT') =>
  new CombinedGraphQLErrors({ data: null }, [{ message, extensions: { code } }]);

describe('what a form says went wrong', () => {
  it('is in words of the portal, and names the field', () => {
    const { text, field } = problemOf(refused('the email address or the password is wrong'));
    expect(text).toMatchObject({ message: 'The email address or the password is wrong.' });
    expect(field).toBe('password');
    // Beside a new password: it is not that one which is wrong.
    expect(problemOf(refused('the password is wrong')).field).toBe('currentPassword');
    expect(problemOf(refused('there is an account with this email address', 'EMAIL_TAKEN')).field).toBe(
      'email',
    );
    expect(
      problemOf(refused('names like "User 176" are those of the data set; choose another one')).field,
    ).toBe('name');
  });

  it('is a sentence where the portal has no words of its own', () => {
    expect(problemOf(refused('too many mails; try again in a minute', 'RATE_LIMITED'))).toEqual({
      text: 'Too many mails; try again in a minute.',
      field: null,
    });
    expect(sentence('Already one.')).toBe('Already one.');
  });

  it('never shows what a browser says of a network', () => {
    expect(problemOf(new TypeError('Failed to fetch')).text).toMatchObject({
      message: 'The server cannot be reached. Nothing was lost: try again.',
    });
  });
});
