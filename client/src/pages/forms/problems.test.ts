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
    expect(problemOf(refused('this address takes no mail'))).toEqual({
      text: 'This address takes no mail.',
      field: null,
    });
    expect(sentence('Already one.')).toBe('Already one.');
  });

  it.each([
    ['too many mails; try again in a minute', 1],
    ['too many attempts to sign in; try again in 15 minutes', 15],
    ['too many attempts to sign in; try again in 30 seconds', 1],
    ['The budget is used up: try again in a second.', 1],
    ['too many visitors have links; sign in, or try again in an hour', 60],
  ])('says when what was too often may be tried again, as by "%s"', (message, minutes) => {
    const { text, field } = problemOf(refused(message, 'RATE_LIMITED'));
    expect(text).toMatchObject({
      message: expect.stringMatching(/^That was too often. Try again in \{/),
      values: { minutes },
    });
    expect(field).toBeNull();
  });

  it('says that something was too often where it is not known for how long', () => {
    expect(problemOf(refused('too often', 'RATE_LIMITED')).text).toMatchObject({
      message: 'That was too often. Try again in a few minutes.',
    });
  });

  it('never shows what a browser says of a network', () => {
    expect(problemOf(new TypeError('Failed to fetch')).text).toMatchObject({
      message: 'The server cannot be reached. Nothing was lost: try again.',
    });
  });
});
