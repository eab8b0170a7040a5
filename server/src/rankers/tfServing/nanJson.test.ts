import { describe, expect, it } from '@jest/globals';
import { parseNanJson } from './nanJson.ts';

describe('parseNanJson', () => {
  it('reads numbers that JSON does not have, and leaves strings alone', () => {
    expect(parseNanJson('{"outputs": [[NaN], [-Infinity], [Infinity], [Inf], [0.5]]}')).toEqual({
      outputs: [[Number.NaN], [-Infinity], [Infinity], [Infinity], [0.5]],
    });
    expect(parseNanJson('{"NaN": "a \\"NaN\\" b", "x": [NaN]}')).toEqual({
      NaN: 'a "NaN" b',
      x: [Number.NaN],
    });
  });

  it.each(['', '<html>', '{"outputs": [NaN', '{"outputs": NaNa}'])('refuses what is no JSON: %j', (text) => {
    expect(() => parseNanJson(text)).toThrow(SyntaxError);
  });
});
