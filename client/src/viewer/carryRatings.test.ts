import { describe, expect, it } from '@jest/globals';
import { ApolloLink } from '@apollo/client';
import { of, throwError } from 'rxjs';
import { clientOver } from '../api/apollo.ts';
import { carryRatings } from './carryRatings.ts';

const RATINGS = [
  { movieId: 1, rating: 5 },
  { movieId: 2, rating: 4 },
];

/** An API that knows the visitor's ratings of films 1 and 2, or does not answer questions. */
function api(viewerRatings: readonly (number | null)[] | 'down' | 'refusing') {
  const stored: unknown[] = [];
  const client = clientOver(
    new ApolloLink(({ operationName, variables }) => {
      if (operationName === 'CarryRatings') {
        stored.push(variables['ratings']);
        const user = { __typename: 'User', userId: 7, ratingCount: 2, averageRating: 4 };
        return of({ data: { rateMovies: { __typename: 'RateMoviesPayload', user } } });
      }
      if (viewerRatings === 'down') return throwError(() => new TypeError('no net'));
      if (viewerRatings === 'refusing') return of({ data: null, errors: [{ message: 'too much' }] });
      const moviesByIds = viewerRatings.map((viewerRating, place) => ({
        __typename: 'Movie',
        movieId: place + 1,
        viewerRating,
      }));
      return of({ data: { moviesByIds } });
    }),
  );
  return { client, stored };
}

describe('picks that become ratings', () => {
  it('leave what the account has rated', async () => {
    const { client, stored } = api([3, null]);
    await carryRatings(client, RATINGS);
    expect(stored).toEqual([[{ movieId: 2, rating: 4 }]]);
  });

  it('ask for nothing to be stored where everything is rated', async () => {
    const { client, stored } = api([3, 2]);
    await carryRatings(client, RATINGS);
    expect(stored).toEqual([]);
  });

  it.each(['down', 'refusing'] as const)('are not carried while the API is %s', async (state) => {
    const { client, stored } = api(state);
    await expect(carryRatings(client, RATINGS)).rejects.toThrow();
    expect(stored).toEqual([]);
  });
});
