import { describe, expect, it } from '@jest/globals';
import { genreRgb, oklchToRgb } from './colours.ts';
import { COLOURED_GENRES } from './movieMap.ts';

const luminance = ([red, green, blue]: readonly [number, number, number]): number => {
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
};
const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

describe('the colours of genres', () => {
  it('are OKLCH as Ottosson defines it: white, and sRGB’s red', () => {
    for (const part of oklchToRgb(1, 0, 0)) expect(part).toBeCloseTo(1, 3);
    const [red, green, blue] = oklchToRgb(0.62796, 0.25768, 29.234);
    expect([red, green, blue]).toEqual([expect.closeTo(1, 2), expect.closeTo(0, 1), expect.closeTo(0, 1)]);
  });

  it('stand out on the surfaces of both schemes, three to one', () => {
    const surfaces = [
      luminance([0xf1 / 255, 0xef / 255, 0xeb / 255]),
      luminance([0x1d / 255, 0x1d / 255, 0x20 / 255]),
    ];
    for (let index = -1; index < COLOURED_GENRES; index++)
      for (const surface of surfaces)
        expect(contrast(luminance(genreRgb(index)), surface)).toBeGreaterThanOrEqual(3);
  });
});
