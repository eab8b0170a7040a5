import { describe, expect, it } from '@jest/globals';
import { contrastRatio, mix, oklch, readableOn, relativeLuminance, toHex } from './colour.ts';

describe('colour', () => {
  it('converts OKLCH to sRGB', () => {
    expect(toHex(oklch(1, 0, 0))).toBe('#ffffff');
    expect(toHex(oklch(0, 0, 0))).toBe('#000000');
    // sRGB's primaries in OKLCH, as CSS Color 4 lists them.
    expect(toHex(oklch(0.62796, 0.25768, 29.234))).toBe('#ff0000');
    expect(toHex(oklch(0.86644, 0.29483, 142.495))).toBe('#00ff00');
    expect(toHex(oklch(0.45201, 0.31321, 264.052))).toBe('#0000ff');
  });

  it('gives up chroma, not lightness, outside the gamut', () => {
    const inside = relativeLuminance(toHex(oklch(0.7, 0.1, 198)));
    expect(relativeLuminance(toHex(oklch(0.7, 0.4, 198)))).toBeCloseTo(inside, 1);
  });

  it('measures contrast as WCAG defines it', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
  });

  it('finds a readable text colour on every ground', () => {
    for (let l = 0; l <= 1; l += 0.02) {
      for (let h = 0; h < 360; h += 15) {
        const ground = oklch(l, 0.15, h);
        for (const wanted of [oklch(0.97, 0.02, h), oklch(0.2, 0.03, h), ground]) {
          expect(contrastRatio(toHex(readableOn(ground, wanted)), toHex(ground))).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });

  it('mixes from the one to the other', () => {
    const [one, other] = [oklch(0.3, 0.1, 20), oklch(0.8, 0.2, 200)];
    expect(toHex(mix(one, other, 0))).toBe(toHex(one));
    expect(toHex(mix(one, other, 1))).toBe(toHex(other));
    expect(mix(one, other, 0.5).l).toBeCloseTo(0.55, 9);
  });
});
