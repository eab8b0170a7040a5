import { CombinedGraphQLErrors, ServerError } from '@apollo/client';
import { describe, expect, it } from '@jest/globals';
import { isOverBudget, patiently } from './overBudget.ts';

const refused = (code: string) =>
  new CombinedGraphQLErrors({ data: null }, [{ message: 'no', extensions: { code } }]);

const answered = (status: number) =>
  new ServerError('no', {
    bodyText: '',
    response: new Response(null, { status, headers: { 'retry-after': '0.001' } }),
  });

describe('a refusal for budget', () => {
  it('is known in both its forms', () => {
    expect(isOverBudget(refused('RATE_LIMITED'))).toBe(true);
    expect(isOverBudget(answered(429))).toBe(true);
    for (const other of [
      refused('BAD_USER_INPUT'),
      answered(503),
      new TypeError('Failed to fetch'),
      undefined,
    ])
      expect(isOverBudget(other)).toBe(false);
  });

  it('is waited out as long as it says; another is not', async () => {
    const answers = [answered(429), answered(429), 'films'];
    const ask = async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    };
    expect(await patiently(ask)).toBe('films');
    let tries = 0;
    const failing = () => {
      tries++;
      return Promise.reject(answered(503));
    };
    await expect(patiently(failing)).rejects.toMatchObject({ statusCode: 503 });
    expect(tries).toBe(1);
  });
});
