import { ApolloLink, gql, type FetchResult } from '@apollo/client';
import { describe, expect, it } from '@jest/globals';
import { firstValueFrom, of } from 'rxjs';
import { createClient } from '../api/apollo.ts';
import { createAuthLink } from './authLink.ts';
import { createSessionStore, parseSession, type Session } from './session.ts';

const SESSION: Session = {
  token: 'abc',
  expiresAt: '2030-01-01T00:00:00.000Z',
  userId: 1_000_000_000,
  name: 'Ann',
};

describe('the session', () => {
  it('is read back unless its time is over or it has another form', () => {
    const stored = JSON.stringify(SESSION);
    expect(parseSession(stored, Date.parse('2029-12-31'))).toEqual(SESSION);
    for (const text of [null, '', '{}', 'null']) expect(parseSession(text, 0)).toBeNull();
    expect(parseSession(stored, Date.parse('2030-01-02'))).toBeNull();
  });

  it('ends only with the token that was refused', () => {
    const store = createSessionStore(null);
    store.signIn(SESSION);
    store.expire('an older one');
    expect(store.get()).toEqual({ session: SESSION, expired: false });
    store.expire('abc');
    expect(store.get()).toEqual({ session: null, expired: true });
  });

  it('goes with every request, and ends when the API refuses it', async () => {
    const store = createSessionStore(null);
    store.signIn(SESSION);
    const sent: unknown[] = [];
    const refusing = new ApolloLink((operation) => {
      sent.push(operation.getContext()['headers']);
      return of({
        data: null,
        errors: [{ message: 'expired', extensions: { code: 'UNAUTHENTICATED' } }],
      } as FetchResult);
    });
    const client = createClient('http://portal.test/graphql');
    const ask = () =>
      firstValueFrom(
        ApolloLink.execute(
          createAuthLink(store).concat(refusing),
          {
            query: gql`
              {
                a
              }
            `,
          },
          { client },
        ),
      );
    await ask();
    await ask();
    expect(sent).toEqual([{ authorization: 'Bearer abc' }, undefined]);
    expect(store.get().expired).toBe(true);
  });
});
