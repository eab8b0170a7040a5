import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { playgroundAddress, queryInAddress, queryText } from './playgroundAddress.ts';

describe('the address of a query in the playground', () => {
  const text = queryText(parse('query Films($q: String!) { searchMovies(query: $q) { title } }'), {
    q: 'Amélie & co #1 “100 %”',
  });

  it('brings query and variables back as they were, in the part that no server sees', () => {
    const url = new URL(playgroundAddress('https://api.test/graphql', text));
    expect(url.pathname + url.search).toBe('/graphql');
    expect(queryInAddress(url.hash)).toEqual(text);
  });

  it('is read as none where there is none', () => {
    for (const hash of ['', '#', '#query=', '#main', '#variables=%7B%7D'])
      expect(queryInAddress(hash)).toBeNull();
    expect(queryInAddress('#query=%7Bgenres%7Bname%7D%7D')).toEqual({
      query: '{genres{name}}',
      variables: '{}',
    });
  });
});
