import { describe, expect, it } from '@jest/globals';
import { queries } from './User.tsx';

/** The filter that the page of a person sends for an address's search part. */
function filterFor(search: string): unknown {
  const asked = queries({ params: { userId: '7' }, search: new URLSearchParams(search) });
  const filters = asked.flatMap(([, { variables }]) => ('filter' in variables ? [variables.filter] : []));
  expect(filters).toHaveLength(1);
  return filters[0];
}

describe('the films recommended to a person', () => {
  it('are all of them where the address names no filter', () => {
    for (const search of ['', 'average=', 'genre=', 'genre=&average=']) expect(filterFor(search)).toBeNull();
  });

  it('are of at least the average rating that the address names', () => {
    expect(filterFor('average=3.0')).toEqual({ minAverageRating: 3 });
    expect(filterFor('average=3.5')).toEqual({ minAverageRating: 3.5 });
    expect(filterFor('average=4.0')).toEqual({ minAverageRating: 4 });
  });

  it('are of the genre too where it names one', () => {
    expect(filterFor('genre=Drama')).toEqual({ genres: ['Drama'] });
    expect(filterFor('genre=Drama&average=4.0')).toEqual({ genres: ['Drama'], minAverageRating: 4 });
  });

  it('are of any average rating where the address names one that is not offered', () => {
    for (const average of ['9', '-1', 'NaN', '4.0x', '1.0']) {
      expect(filterFor(`average=${average}`)).toBeNull();
      expect(filterFor(`average=${average}&genre=Drama`)).toEqual({ genres: ['Drama'] });
    }
  });
});
