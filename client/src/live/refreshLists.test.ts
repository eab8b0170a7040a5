import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ApolloLink, gql, type ApolloClient } from '@apollo/client';
import { print } from 'graphql';
import { Subject } from 'rxjs';
import { clientOver } from '../api/apollo.ts';
import { isMadeOfOthers, refreshNow, refreshSoon } from './refreshLists.ts';

const listOf = (userId: number) => gql`
  query {
    user(userId: ${userId}) {
      userId
      ratingCount
    }
  }
`;

describe('the lists of a page', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => {
    opened?.stop();
    jest.useRealTimers();
  });
  let opened: ApolloClient | undefined;

  /** A page that shows a list; answers wait until the test gives them. */
  async function page() {
    const asked: Subject<ApolloLink.Result>[] = [];
    const askedOf: number[] = [];
    const client = clientOver(
      new ApolloLink(({ query }) => {
        askedOf.push(Number(/userId: (\d+)/.exec(print(query))?.[1]));
        const answer = new Subject<ApolloLink.Result>();
        asked.push(answer);
        return answer;
      }),
    );
    opened = client;
    const shown: (number | undefined)[] = [];
    client
      .watchQuery<{ user: { ratingCount: number } }>({ query: listOf(7) })
      .subscribe(
        ({ data }) => void shown.push((data as { user?: { ratingCount: number } })?.user?.ratingCount),
      );
    const answer = async (place: number, ratingCount: number) => {
      asked[place]?.next({ data: { user: { __typename: 'User', userId: askedOf[place], ratingCount } } });
      asked[place]?.complete();
      await jest.advanceTimersByTimeAsync(0);
    };
    await answer(0, 1);
    return { client, asked, askedOf, answer, shown: () => shown.at(-1) };
  }

  it('are asked for at once when they are told to have changed, and what is planned with them', async () => {
    const { client, asked, answer, shown } = await page();
    refreshSoon(client, 7);
    expect(asked).toHaveLength(1);
    refreshNow(client, 7);
    expect(asked).toHaveLength(2);
    await answer(1, 2);
    expect(shown()).toBe(2);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
  });

  it('are asked for once after changes of this window that come close together', async () => {
    const { client, asked, answer } = await page();
    refreshSoon(client, 7);
    await jest.advanceTimersByTimeAsync(100);
    refreshSoon(client, 7);
    await jest.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(2);
    await answer(1, 2);
  });

  it('are asked for once more where they change while they are asked for', async () => {
    const { client, asked, answer, shown } = await page();
    refreshNow(client, 7);
    refreshNow(client, 7);
    refreshNow(client, 7);
    expect(asked).toHaveLength(2);
    await answer(1, 2);
    expect(asked).toHaveLength(3);
    await answer(2, 3);
    expect(shown()).toBe(3);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(3);
  });

  it('are known to be made of other ratings than those of a revision', () => {
    const client = clientOver(ApolloLink.empty());
    opened = client;
    const write = (mood: string, served: object | null) =>
      client.writeQuery({
        query: gql`
          query ($mood: String!, $served: Boolean!) {
            user(userId: 7) {
              userId
              recommendations(mood: $mood) {
                nodes {
                  score
                }
                served @include(if: $served) {
                  ratingsRevision
                }
              }
            }
          }
        `,
        variables: { mood, served: served !== null },
        data: { user: { __typename: 'User', userId: 7, recommendations: { nodes: [], served } } },
      });
    expect(isMadeOfOthers(client, 7, 'b')).toBe(false);
    write('light', { ratingsRevision: 'b' });
    write('dark', null);
    expect(isMadeOfOthers(client, 7, 'b')).toBe(false);
    expect(isMadeOfOthers(client, 8, 'c')).toBe(false);
    write('dark', { ratingsRevision: 'a' });
    expect(isMadeOfOthers(client, 7, 'b')).toBe(true);
    write('dark', { ratingsRevision: 'b' });
    expect(isMadeOfOthers(client, 7, 'b')).toBe(false);
    client.writeQuery({
      query: gql`
        {
          viewer {
            userId
            ratingsRevision
          }
        }
      `,
      data: { viewer: { __typename: 'User', userId: 7, ratingsRevision: 'a' } },
    });
    expect(isMadeOfOthers(client, 7, 'b')).toBe(true);
  });

  it('are asked for of whoever they changed for meanwhile', async () => {
    const { client, askedOf, answer } = await page();
    client.watchQuery({ query: listOf(8) }).subscribe(() => undefined);
    await answer(1, 1);
    refreshNow(client, 7);
    refreshNow(client, 8);
    expect(askedOf).toEqual([7, 8, 7]);
    await answer(2, 2);
    expect(askedOf).toEqual([7, 8, 7, 8]);
    await answer(3, 2);
  });
});
