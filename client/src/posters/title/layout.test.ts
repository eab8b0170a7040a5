import { describe, expect, it } from '@jest/globals';
import { layoutTitle } from './layout.ts';
import { textWidth } from './measure.ts';
import { VOICES } from './voices.ts';

const BOX = { x: 24, y: 440, width: 352, height: 94 };
const texts = (title: string) => layoutTitle(title, 'serif', BOX, 'left').map(({ text }) => text);

describe('layoutTitle', () => {
  it('breaks so that the longest line is shortest', () => {
    expect(texts('The Good, the Bad and the Ugly')).toEqual(['The Good, the', 'Bad and the Ugly']);
  });

  it('stays on one line until another one pays in size', () => {
    expect(texts('Casablanca')).toEqual(['Casablanca']);
    expect(texts('Forrest Gump')).toEqual(['Forrest Gump']);
  });

  it('never sets larger than the voice allows', () => {
    expect(layoutTitle('M', 'condensed', BOX, 'left')[0]?.size).toBeLessThanOrEqual(VOICES.condensed.maxSize);
  });

  it('gives justified lines one width', () => {
    const lines = layoutTitle('Pulp Fiction', 'condensed', { ...BOX, height: 400 }, 'justify');
    const widths = lines.map(({ text, size }) => textWidth('condensed', text) * size);
    expect(lines).toHaveLength(2);
    for (const width of widths) expect(width).toBeLessThanOrEqual(BOX.width + 1e-9);
  });
});

describe('textWidth', () => {
  it('adds advance widths and tracking', () => {
    expect(textWidth('serif', 'ab')).toBeCloseTo(textWidth('serif', 'a') + textWidth('serif', 'b'), 9);
    expect(textWidth('serif', '')).toBe(0);
  });

  it('measures capitals where the voice sets them, and accents as their letters', () => {
    expect(textWidth('condensed', 'heat')).toBe(textWidth('condensed', 'HEAT'));
    expect(textWidth('grotesque', 'Amélie')).toBe(textWidth('grotesque', 'Amelie'));
  });
});
