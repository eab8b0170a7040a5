import { describe, expect, it } from '@jest/globals';
import { matchRoutes } from 'react-router';
import { genrePath, moviePath, PATHS, searchPath, searchText, userPath } from './paths.ts';

describe('the paths', () => {
  it('lead to the page whose pattern they come from', () => {
    expect(moviePath(318)).toBe('/movie/318');
    expect(userPath(7)).toBe('/user/7');
    for (const genre of ['Sci-Fi', 'Film-Noir', '(no genres listed)', 'R&B/Soul?']) {
      const [match] = matchRoutes([{ path: PATHS.genre }], genrePath(genre)) ?? [];
      expect(match?.params).toEqual({ genre });
    }
  });

  it('carry a search’s text', () => {
    expect(searchPath('toy story')).toBe('/search?q=toy+story');
    expect(searchText(new URL(searchPath(' Amélie & co '), 'http://portal.test').searchParams)).toBe(
      'Amélie & co',
    );
    expect(searchText(new URLSearchParams())).toBe('');
  });
});
