import { describe, expect, it } from '@jest/globals';
import { ApolloLink, gql } from '@apollo/client';
import { firstValueFrom, of, throwError } from 'rxjs';
import { clientOver } from '../api/apollo.ts';
import { createOfflineLink, keepAdopted } from './offlineLink.ts';

const LIST = gql`
  query {
    list
  }
`;
const OTHER = gql`
  query {
    other
  }
`;
const PASSING = gql`
  query Passing {
    passing
  }
`;
const RATE = gql`
  mutation {
    rate
  }
`;

/** A page whose API answers with `answer`, or not at all. */
function page() {
  const kept = new Map<string, ApolloLink.Result>();
  const state = {
    userId: null as number | null,
    online: true,
    answer: { data: { list: 'fresh' } } as ApolloLink.Result | null,
  };
  const keyOf = ({ operationName }: ApolloLink.Operation, userId: number | null) =>
    `${userId} ${operationName}`;
  const link = createOfflineLink({
    userId: () => state.userId,
    canKeep: () => true,
    isOnline: () => state.online,
    load: () =>
      Promise.resolve({
        keepAnswer: (operation, userId, result) =>
          Promise.resolve(void kept.set(keyOf(operation, userId), result)),
        keptAnswer: (operation, userId) => Promise.resolve(kept.get(keyOf(operation, userId)) ?? null),
      }),
  });
  let numAsked = 0;
  const api = new ApolloLink(() => {
    numAsked++;
    return state.answer ? of(state.answer) : throwError(() => new TypeError('no net'));
  });
  const client = clientOver(link.concat(api));
  return {
    client,
    state,
    kept,
    numAsked: () => numAsked,
    ask: (query = LIST, context = {}) =>
      firstValueFrom(ApolloLink.execute(link.concat(api), { query, context }, { client })),
  };
}

describe('what was seen', () => {
  it('is seen again offline, by the same visitor', async () => {
    const { state, ask } = page();
    await ask();
    Object.assign(state, { online: false, answer: null });
    expect(await ask()).toEqual({ data: { list: 'fresh' } });
    state.userId = 7;
    await expect(ask()).rejects.toThrow('no net');
  });

  it('does not stand in for a server that is down', async () => {
    const { state, ask } = page();
    await ask();
    state.answer = null;
    await expect(ask()).rejects.toThrow('no net');
  });

  it('is whole answers to questions, never changes', async () => {
    const { state, ask, kept } = page();
    await ask(RATE);
    state.answer = { data: { list: null }, errors: [{ message: 'half' }] };
    await ask();
    expect(kept.size).toBe(0);
  });

  it('is also what the page came with, which it never asked for', async () => {
    const { client, state, ask, kept, numAsked } = page();
    client.writeQuery({ query: LIST, data: { list: 'rendered' } });
    const shown = client.watchQuery({ query: LIST }).subscribe(() => undefined);
    const other = client.watchQuery({ query: OTHER, fetchPolicy: 'cache-only' }).subscribe(() => undefined);
    client.writeQuery({ query: PASSING, data: { passing: 'rendered' } });
    const passing = client
      .watchQuery({ query: PASSING, context: { isPassing: true } })
      .subscribe(() => undefined);
    await keepAdopted(client);
    expect(numAsked()).toBe(0);
    expect(kept.size).toBe(1);
    Object.assign(state, { online: false, answer: null });
    expect(await ask()).toEqual({ data: { list: 'rendered' } });
    shown.unsubscribe();
    other.unsubscribe();
    passing.unsubscribe();
    client.stop();
  });

  it('is no answer of passing interest', async () => {
    const { state, ask, kept } = page();
    await ask(LIST, { isPassing: true });
    expect(kept.size).toBe(0);
    state.answer = null;
    state.online = false;
    await expect(ask(LIST, { isPassing: true })).rejects.toThrow('no net');
  });
});
