import { pickContrasting } from '../drawing/colour.ts';
import { randomBetween, randomIndex } from '../drawing/seed.ts';
import { filled, rect } from '../drawing/svg.ts';
import { boxFrom, onPaper, WIDTH, type Motif } from './motif.ts';

const ART_HEIGHT = 424;

/** Bars that stand or hang, of a few widths and many heights: a skyline, a choir, a fence. */
export const columns: Motif = {
  ...onPaper,
  voice: 'grotesque',
  align: 'left',
  box: boxFrom(442),
  artHeight: ART_HEIGHT,
  anchorY: ART_HEIGHT,
  draw({ paper, ink, accents }, random) {
    const count = 6 + randomIndex(random, 9);
    const gap = randomIndex(random, 3) * 5;
    const width = WIDTH / count;
    const hangs = random() < 0.35;
    const peak = randomIndex(random, count);
    const colours = [...accents, ink];
    const marked = pickContrasting(accents, [paper]);
    const data = colours.map(() => '');
    for (let column = 0; column < count; column++) {
      const height = (1 - Math.abs(column - peak) / count) * randomBetween(random, 120, 390) + 30;
      const colour = column === peak ? colours.indexOf(marked) : randomIndex(random, colours.length);
      data[colour] += rect(column * width + gap / 2, hangs ? 0 : ART_HEIGHT - height, width - gap, height);
    }
    return colours.map((colour, place) => (data[place] ? filled(colour, data[place]) : '')).join('');
  },
};
