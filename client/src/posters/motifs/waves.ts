import { mix, pickContrasting, toHex, type Oklch } from '../drawing/colour.ts';
import { randomBetween, randomIndex } from '../drawing/seed.ts';
import { disc, path } from '../drawing/svg.ts';
import { boxFrom, onPaper, WIDTH, type Motif } from './motif.ts';

const ART_HEIGHT = 436;
const HALF_WAVE = 100;

/** Lines that swell and sink, from edge to edge, with something round among them. */
export const waves: Motif = {
  ...onPaper,
  voice: 'serif',
  align: 'left',
  box: boxFrom(446),
  artHeight: ART_HEIGHT,
  draw({ paper, accents }, random) {
    const lines = 7 + randomIndex(random, 6);
    const step = ART_HEIGHT / lines;
    const from = pickContrasting(accents, [paper]);
    const to = accents.find((accent) => accent !== from) ?? from;
    const rest = accents.find((accent) => accent !== from && accent !== to) ?? to;
    const phase = randomBetween(random, 0, 2 * HALF_WAVE);
    const swell = randomBetween(random, 0.9, 2.6);
    const width = step * randomBetween(random, 0.34, 0.6);
    const floats = randomIndex(random, lines - 2) + 1;
    let art = '';
    for (let line = 0; line < lines; line++) {
      const y = (line + 0.5) * step;
      const colour: Oklch = mix(from, to, line / (lines - 1));
      const height = step * swell * (0.35 + (0.65 * line) / lines);
      if (line === floats)
        art += disc(rest, randomBetween(random, 110, 290), y - step, randomBetween(random, 48, 92));
      const start = -2 * HALF_WAVE - ((phase + line * 23) % (2 * HALF_WAVE));
      const data = path('M', start, y, 'q', HALF_WAVE / 2, -height, HALF_WAVE, 0);
      const turns = Array.from({ length: Math.ceil((WIDTH - start) / HALF_WAVE) }, () =>
        path('t', HALF_WAVE, 0),
      ).join('');
      art += `<path fill="none" stroke="${toHex(colour)}" stroke-width="${width.toFixed(1)}" d="${data}${turns}"/>`;
    }
    return art;
  },
};
