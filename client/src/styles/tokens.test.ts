import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { contrastRatio } from '../posters/drawing/colour.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const TOKENS = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

// axe cannot judge text over light-dark() grounds with posters nearby; here every pair in use is computed.
const TEXT_ON: readonly (readonly [text: string, ground: string, minContrast: number])[] = [
  ...['surface', 'surface-raised', 'surface-overlay'].flatMap(
    (ground) =>
      [
        ['text', ground, 7],
        ['text-soft', ground, 4.5],
        ['accent', ground, 4.5],
        ['focus', ground, 3],
      ] as const,
  ),
  ['line-strong', 'surface', 3],
  ['button-text', 'button', 7],
  ['surface', 'accent', 4.5],
  ['warning', 'surface', 4.5],
  ['warning', 'warning-soft', 4.5],
  ['text', 'warning-soft', 7],
  ['text', 'accent-soft', 7],
];

describe.each(['light', 'dark'] as const)('the %s scheme', (scheme) => {
  it.each(TEXT_ON)('shows %s on %s at %d:1 or better', (text, ground, minContrast) => {
    const contrast = contrastRatio(TOKENS.get(text)?.[scheme] ?? '', TOKENS.get(ground)?.[scheme] ?? '');
    expect(contrast).toBeGreaterThanOrEqual(minContrast);
  });
});
