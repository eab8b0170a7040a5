import { describe, expect, it } from '@jest/globals';
import { figuresOf } from './figures.ts';

describe('figures', () => {
  it('are written as the language does', () => {
    expect(figuresOf('en').formatFigure(0.8226)).toBe('0.823');
    expect(figuresOf('de').formatFigure(0.8226)).toBe('0,823');
    expect(figuresOf('en').formatShare(0.0625)).toBe('6.3%');
    expect(figuresOf('en').formatNumber(1234.56)).toBe('1,234.6');
  });

  it('are bytes in the largest unit that leaves at least 1', () => {
    const { formatBytes } = figuresOf('en');
    expect([0, 999, 1500, 48_000_000, 2_500_000_000_000].map(formatBytes)).toEqual([
      '0 byte',
      '999 byte',
      '1.5 kB',
      '48 MB',
      '2,500 GB',
    ]);
  });

  it('tell the zone of a time', () => {
    expect(figuresOf('en').formatMoment('2026-11-23T18:05:00Z')).toBe('Nov 23, 2026, 6:05 PM UTC');
  });
});
