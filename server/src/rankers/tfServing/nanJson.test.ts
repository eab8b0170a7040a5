import { describe, expect, it } from '@jest/globals';
import { parseNanJson } from './nanJson.ts';

describe('parseNanJson', () => {
  it('reads numbers that JSON does not have, and leaves strings alone', () => {
    expect(parseNanJson('{"outputs": [[NaN], [-Infinity], [Infinity], [Inf], [-NaN], [0.5]]}')).toEqual({
      outputs: [[Number.NaN], [-Infinity], [Infinity], [Infinity], [Number.NaN], [0.5]],
    });
    expect(parseNanJson('{"NaN": "a \\"NaN\\" b", "x": [NaN], "\\\\": "\\\\Inf", "y": -Inf}')).toEqual({
      NaN: 'a "NaN" b',
      x: [Number.NaN],
      '\\': '\\Inf',
      y: -Infinity,
    });
    expect(parseNanJson('["\\u0001NaN", NaN]')).toEqual(['\u0001NaN', Number.NaN]);
  });

  it.each(['', '<html>', '{"outputs": [NaN', '{"outputs": NaNa}', '"NaN', '[NaN]"', '\\'])(
    'refuses what is no JSON: %j',
    (text) => {
      expect(() => parseNanJson(text)).toThrow(SyntaxError);
    },
  );

  it.each<[string, (length: number) => string]>([
    ['escaped quotes in a string without end', (length) => '"' + '\\"'.repeat(length / 2)],
    ['quotes', (length) => '"'.repeat(length)],
    ['backslashes', (length) => '\\'.repeat(length)],
    ['a string without end', (length) => `[NaN,"${'a'.repeat(length)}`],
    ['minus signs', (length) => '-'.repeat(length)],
    ['numbers', (length) => `[${'NaN,'.repeat(length / 4)}`],
    ['begins of numbers', (length) => 'Infinit'.repeat(length / 7)],
    ['brackets', (length) => `NaN${'['.repeat(length)}`],
  ])('takes linear time for %s', (_what, make) => {
    const secondsOf = (length: number) => {
      const text = make(length);
      const begunAt = performance.now();
      expect(() => parseNanJson(text)).toThrow(SyntaxError);
      return (performance.now() - begunAt) / 1000;
    };
    // By the pattern that looked for the end of each string, the first took 6 s at 80 kB: a quarter of an hour here.
    expect(secondsOf(1_000_000)).toBeLessThan(2);
  });
});
