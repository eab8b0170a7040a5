import { ApolloLink, gql } from '@apollo/client';
import { describe, expect, it } from '@jest/globals';
import { firstValueFrom, of } from 'rxjs';
import { createClient } from '../api/apollo.ts';
import { memoryStorage } from '../test/memoryStorage.ts';
import { createAuthLink } from './authLink.ts';
import { lazily } from './lazily.ts';
import { createRefresh } from './refresh.ts';
import { createSessionStore, parseSession, type Session, type SignedIn } from './session.ts';

const SESSION: Session = { refreshToken: 'r1', userId: 1_000_000_000, name: 'Ann' };
const USER = { userId: 1_000_000_000, name: 'Ann' };
const NOW = Date.parse('2030-01-01T00:00:00.000Z');
const signedIn = (place: number): SignedIn => ({
  token: `a${place}`,
  expiresAt: new Date(NOW + 900_000).toISOString(),
  refreshToken: `r${place}`,
  user: USER,
});

describe('the session', () => {
  it('is read back unless it has another form, as that of an earlier release', () => {
    expect(parseSession(JSON.stringify(SESSION))).toEqual(SESSION);
    const earlier = JSON.stringify({
      token: 'abc',
      expiresAt: '2030-01-01T00:00:00.000Z',
      userId: 1,
      name: 'Ann',
    });
    for (const text of [null, '', '{}', 'null', earlier]) expect(parseSession(text)).toBeNull();
    expect(createSessionStore(memoryStorage({ 'pocketrocket.session': earlier })).get()).toEqual({
      session: null,
      expired: true,
    });
  });

  it('stores no access token, and gives it out as long as it is valid', () => {
    const storage = memoryStorage();
    let now = NOW;
    const store = createSessionStore(storage, () => now);
    store.signIn(signedIn(1));
    expect(store.accessToken()).toBe('a1');
    expect([...storage.items.values()]).toEqual([JSON.stringify({ ...USER, refreshToken: 'r1' })]);
    now += 895_000;
    expect(store.accessToken()).toBeNull();
    expect(createSessionStore(storage, () => NOW).accessToken()).toBeNull();
  });

  it('ends only with the token that was refused', () => {
    const store = createSessionStore(null, () => NOW);
    store.signIn(signedIn(2));
    store.dropAccessToken('a1');
    store.expire({ ...SESSION, refreshToken: 'r1' });
    expect([store.accessToken(), store.get().expired]).toEqual(['a2', false]);
    store.expire({ ...SESSION, refreshToken: 'r2' });
    expect([store.accessToken(), store.get()]).toEqual([null, { session: null, expired: true }]);
  });

  it('that has expired is one that may go on to other windows too, and one that was ended is not', () => {
    const storage = memoryStorage();
    const store = createSessionStore(storage, () => NOW);
    store.signIn(signedIn(1));
    store.expire({ ...SESSION, refreshToken: 'r1' });
    expect(createSessionStore(storage).get()).toEqual({ session: null, expired: true });
    store.signIn(signedIn(2));
    store.signOut();
    expect(createSessionStore(storage).get()).toEqual({ session: null, expired: false });
  });
});

describe('an operation', () => {
  const REFUSAL = { data: null, errors: [{ message: 'expired', extensions: { code: 'UNAUTHENTICATED' } }] };

  /** A portal against an API that knows one access token and one refresh token at a time. */
  function portal({ valid = 'a1', storage = memoryStorage() } = {}) {
    let present = valid;
    let numRefreshes = 0;
    let failure: (() => Response) | null = null;
    const sent: unknown[] = [];
    const done: unknown[] = [];
    const store = createSessionStore(storage, () => NOW);
    const api = new ApolloLink((operation) => {
      const authorization = operation.getContext()['headers'] as { authorization?: string };
      sent.push(authorization.authorization);
      if (authorization.authorization && authorization.authorization !== `Bearer ${present}`)
        return of(REFUSAL);
      done.push(operation.variables);
      return of({ data: { a: 1 } });
    });
    const refresh = createRefresh(
      store,
      'http://portal.test/graphql',
      (_url, init) => {
        if (failure) return Promise.resolve(failure());
        const { variables } = JSON.parse(init?.body as string) as { variables: { refreshToken: string } };
        if (variables.refreshToken !== `r${present.slice(1)}`) return Promise.resolve(Response.json(REFUSAL));
        const next = signedIn(++numRefreshes + 1);
        present = next.token;
        return Promise.resolve(Response.json({ data: { refreshSession: next } }));
      },
      (work) => work(),
    );
    const client = createClient('http://portal.test/graphql');
    const link = createAuthLink(store, refresh).concat(api);
    return {
      store,
      sent,
      done,
      numRefreshes: () => numRefreshes,
      revoke: () => (present = 'x9'),
      fail: (how: (() => Response) | null) => (failure = how),
      ask: (variables: Record<string, unknown> = {}) =>
        firstValueFrom(
          ApolloLink.execute(
            link,
            {
              query: gql`
                {
                  a
                }
              `,
              variables,
            },
            { client },
          ),
        ),
    };
  }

  it('goes without a token where nobody is signed in, and with it where somebody is', async () => {
    const { ask, sent, store } = portal();
    await ask();
    store.signIn(signedIn(1));
    await ask();
    expect(sent).toEqual([undefined, 'Bearer a1']);
  });

  it('fetches an access token first where the page has none, once for all that wait', async () => {
    const storage = memoryStorage({ 'pocketrocket.session': JSON.stringify(SESSION) });
    const { ask, sent, numRefreshes, store } = portal({ storage });
    await Promise.all([ask(), ask(), ask()]);
    expect([sent, numRefreshes()]).toEqual([['Bearer a2', 'Bearer a2', 'Bearer a2'], 1]);
    expect(store.get().session?.refreshToken).toBe('r2');
  });

  it('is sent again, and done once, when its access token is refused', async () => {
    const { ask, sent, done, store } = portal();
    store.signIn({ ...signedIn(1), token: 'a0' });
    expect(await ask({ rating: 4.5 })).toEqual({ data: { a: 1 } });
    expect(sent).toEqual(['Bearer a0', 'Bearer a2']);
    expect(done).toEqual([{ rating: 4.5 }]);
  });

  it('fails, and keeps the session, while the server cannot be reached', async () => {
    const { ask, store, fail, done } = portal();
    store.signIn({ ...signedIn(1), token: 'a0' });
    for (const how of [
      () => {
        throw new TypeError('Failed to fetch');
      },
      () =>
        Response.json({ errors: [{ message: 'overloaded', extensions: { code: 'UPSTREAM_UNAVAILABLE' } }] }),
      () => new Response('<html>', { status: 502 }),
    ]) {
      fail(how);
      await expect(ask()).rejects.toThrow();
      expect(store.get()).toMatchObject({ expired: false, session: { name: 'Ann' } });
    }
    fail(null);
    await ask({ rating: 3 });
    expect(done).toEqual([{ rating: 3 }]);
  });

  it('goes without a token once the session has ended, of which the page tells', async () => {
    const { ask, sent, store, revoke } = portal();
    store.signIn(signedIn(1));
    revoke();
    await ask();
    expect(sent).toEqual(['Bearer a1', undefined]);
    expect(store.get()).toEqual({ session: null, expired: true });
  });

  it('takes over what another tab has refreshed meanwhile', async () => {
    const storage = memoryStorage({
      'pocketrocket.session': JSON.stringify({ ...SESSION, refreshToken: 'r0' }),
    });
    const { ask, store } = portal({ storage });
    storage.setItem('pocketrocket.session', JSON.stringify(SESSION));
    await ask();
    expect(store.get().session?.refreshToken).toBe('r2');
  });
});

describe('work whose code comes later', () => {
  it('is loaded once, and anew where loading failed', async () => {
    const done: string[] = [];
    let loads = 0;
    const work = lazily(async () => {
      if (++loads === 1) throw new Error('offline');
      return async () => void done.push('done');
    });
    await expect(work()).rejects.toThrow('offline');
    await Promise.all([work(), work()]);
    expect([loads, done]).toEqual([2, ['done', 'done']]);
  });
});
