import { describe, expect, it } from '@jest/globals';
import { ApolloLink } from '@apollo/client';
import { NEVER } from 'rxjs';
import { createClient } from '../api/apollo.ts';
import { preloadPage, routes } from './routes.ts';

describe('the table of routes', () => {
  it('ends with the page for addresses that lead nowhere', () => {
    expect(routes.at(-1)?.path).toBe('*');
  });

  it('asks for a page’s data before the page is opened', async () => {
    const asked: unknown[] = [];
    const client = createClient('http://portal.test/graphql');
    client.setLink(
      new ApolloLink(({ variables }) => {
        asked.push(variables);
        return NEVER;
      }),
    );
    await preloadPage(client, new URL('http://portal.test/movie/318'));
    await preloadPage(client, new URL('http://portal.test/collection/Sci-Fi?order=TITLE_ASC'));
    await preloadPage(client, new URL('http://portal.test/movie/none'));
    await preloadPage(client, new URL('http://portal.test/collection/Film%20Noir'));
    await preloadPage(client, new URL('http://portal.test/collection/50%'));
    // A film's page asks twice, a collection for its genre and for its first films.
    expect(asked).toEqual([
      { movieId: 318 },
      { movieId: 318 },
      { genre: 'Sci-Fi' },
      expect.objectContaining({ filter: { genres: ['Sci-Fi'] }, orderBy: 'TITLE_ASC' }),
      { genre: 'Film Noir' },
      expect.objectContaining({ filter: { genres: ['Film Noir'] } }),
      { genre: '50%' },
      expect.objectContaining({ filter: { genres: ['50%'] } }),
    ]);
  });
});
