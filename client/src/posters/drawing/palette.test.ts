import { describe, expect, it } from '@jest/globals';
import { BROWN_HUES, paletteFor, type Treatment } from './palette.ts';
import { randomFrom } from './seed.ts';

const palettes = (year: number | null) =>
  Array.from({ length: 720 }, (_, seed) => paletteFor(seed / 2, year, randomFrom(seed)));

describe('palettes', () => {
  const treatments: [number, Treatment][] = [
    [1925, 'cream'],
    [1949, 'cream'],
    [1950, 'warm'],
    [1979, 'earth'],
    [1980, 'neon'],
    [1999, 'flood'],
    [2009, 'cinema'],
    [2024, 'clean'],
  ];

  it.each(treatments)('treat %i as %s', (year, treatment) => {
    expect(new Set(palettes(year).map((palette) => palette.treatment))).toEqual(new Set([treatment]));
  });

  it.each(treatments)('of %i never put yellow-brown on dark paper', (year) => {
    const brown = palettes(year).filter(
      ({ dark, paper }) => dark && paper.h > BROWN_HUES.from && paper.h < BROWN_HUES.to,
    );
    expect(brown).toEqual([]);
  });

  it.each(treatments)('of %i keep paper and accents apart in lightness', (year) => {
    for (const { paper, accents } of palettes(year)) {
      const lightness = [paper, ...accents].map(({ l }) => l).sort((one, other) => one - other);
      const gaps = lightness.slice(1).map((l, index) => l - (lightness[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.075);
    }
  });
});
