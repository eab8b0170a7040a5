import { mix, pickContrasting, type Oklch } from '../drawing/colour.ts';
import { randomBetween, randomIndex } from '../drawing/seed.ts';
import { disc, filled, path } from '../drawing/svg.ts';
import { boxFrom, onPaper, type Motif } from './motif.ts';

const ART_HEIGHT = 432;

/** Peaks or splinters with a lit and a shaded side. */
export const facets: Motif = {
  ...onPaper,
  voice: 'condensed',
  align: 'left',
  box: boxFrom(450),
  artHeight: ART_HEIGHT,
  anchorY: ART_HEIGHT,
  draw({ paper, ink, accents }, random) {
    const body = pickContrasting(accents, [paper]);
    const others = accents.filter((accent) => accent !== body) as [Oklch, Oklch];
    const sun = pickContrasting(others, [paper, body]);
    const shade = mix(body, ink, 0.55);
    const count = 2 + randomIndex(random, 4);
    let art = disc(
      sun,
      randomBetween(random, 60, 340),
      randomBetween(random, 70, 170),
      randomBetween(random, 40, 96),
    );
    for (let peak = 0; peak < count; peak++) {
      const depth = peak / Math.max(1, count - 1);
      const x = randomBetween(random, 30, 370);
      const top = randomBetween(random, 40, 200) + depth * 130;
      const half = randomBetween(random, 90, 190);
      const fold = randomBetween(random, -40, 40);
      const lit = mix(others[peak % 2] ?? body, body, depth);
      art +=
        filled(lit, path('M', x, top, 'L', x - half, ART_HEIGHT, 'H', x + fold, 'z')) +
        filled(shade, path('M', x, top, 'L', x + half, ART_HEIGHT, 'H', x + fold, 'z'));
    }
    return art;
  },
};
