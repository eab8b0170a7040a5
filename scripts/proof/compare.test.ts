import { describe, expect, it } from '@jest/globals';
import { compare } from './compare.ts';

describe('compare', () => {
  it('finds equal what is equal in every digit and order', () => {
    expect(compare({ a: [1, { b: 'x' }], c: null }, { a: [1, { b: 'x' }], c: null })).toEqual([]);
  });

  it('names the place of each difference, and both values', () => {
    expect(compare({ a: [1, { b: 0.1 }] }, { a: [2, { b: 0.1 + 1e-17, c: 3 }] })).toEqual([
      { path: 'a.0', before: '1', after: '2' },
      { path: 'a.1.b', before: '0.1', after: '0.10000000000000002' },
      { path: 'a.1.c', before: '(absent)', after: '3' },
    ]);
  });

  it('tells null, absent and other kinds apart', () => {
    expect(compare({ a: null }, {})).toEqual([{ path: 'a', before: 'null', after: '(absent)' }]);
    expect(compare([], {})).toEqual([{ path: '', before: '[]', after: '{}' }]);
    expect(compare('1', 1)).toHaveLength(1);
  });

  it('counts lists of different lengths and members in another order as different', () => {
    expect(compare([1], [1, 2])).toEqual([{ path: '1', before: '(absent)', after: '2' }]);
    expect(compare({ x: { a: 1, b: 2 } }, { x: { b: 2, a: 1 } })).toEqual([
      { path: 'x.(order of members)', before: '"a, b"', after: '"b, a"' },
    ]);
  });

  it('shows the first line that differs of a long text', () => {
    expect(compare('one\ntwo\nthree', 'one\n2\nthree')).toEqual([
      { path: ' (line 2)', before: '"two"', after: '"2"' },
    ]);
    expect(compare('one', 'one\ntwo')).toEqual([{ path: ' (line 2)', before: '(absent)', after: '"two"' }]);
    expect(compare('one\ntwo', 'one')).toEqual([{ path: ' (line 2)', before: '"two"', after: '(absent)' }]);
  });
});
