import { mix, pickContrasting } from '../drawing/colour.ts';
import { randomBetween, randomIndex } from '../drawing/seed.ts';
import { disc, filled, path, rect } from '../drawing/svg.ts';
import { boxFrom, onPaper, WIDTH, type Motif } from './motif.ts';

const ART_HEIGHT = 430;

/** A stair that climbs out of the picture, and a light or a shadow on it. */
export const steps: Motif = {
  ...onPaper,
  voice: 'condensed',
  align: 'left',
  box: boxFrom(448),
  artHeight: ART_HEIGHT,
  anchorY: ART_HEIGHT,
  draw({ paper, ink, accents: [first, second, third] }, random) {
    const count = 4 + randomIndex(random, 5);
    const lift = randomBetween(random, 250, 380) / count;
    const run = WIDTH / count;
    const dark = pickContrasting([first, second, third], [paper]);
    const light = [first, second, third].find((accent) => accent !== dark) ?? first;
    let stair = path('M', 0, ART_HEIGHT);
    let edges = '';
    for (let step = 0; step < count; step++) {
      const y = ART_HEIGHT - (step + 1) * lift;
      stair += path('V', y, 'h', run);
      edges += rect(step * run, y, run, 7);
    }
    const moon = disc(
      pickContrasting([first, second, third], [paper, dark]),
      randomBetween(random, 70, 200),
      randomBetween(random, 70, 130),
      randomBetween(random, 34, 66),
    );
    const at = randomIndex(random, count);
    const y = ART_HEIGHT - (at + 1) * lift;
    const figure =
      disc(ink, (at + 0.5) * run, y - 62, 9) +
      filled(ink, path('M', (at + 0.5) * run, y - 52, 'l', 14, 52, 'h', -28, 'z'));
    return (
      filled(mix(paper, light, 0.35), rect(0, 0, WIDTH, ART_HEIGHT)) +
      moon +
      filled(dark, `${stair}V${ART_HEIGHT}z`) +
      filled(light, edges) +
      figure
    );
  },
};
