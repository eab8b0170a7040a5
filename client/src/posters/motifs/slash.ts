import { between } from '../drawing/seed.ts';
import { disc, filled, rect } from '../drawing/svg.ts';
import { boxFrom, onPaper, type Motif } from './motif.ts';

const STRIPES = 5;
const LEFT = -150;
const LENGTH = 700;

/** A beam across the sky with thinning stripes under it. */
export const slash: Motif = {
  ...onPaper,
  voice: 'condensed',
  align: 'justify',
  box: boxFrom(352),
  artHeight: 338,
  draw({ accents: [beam, sun, stripe] }, random) {
    const side = random() < 0.5 ? -1 : 1;
    const angle = side * between(random, 15, 31);
    const y = between(random, 118, 158);
    const height = between(random, 86, 156);
    const stripes = (colour: 0 | 1) =>
      Array.from({ length: STRIPES }, (_, index) => index)
        .filter((index) => index % 2 === colour)
        .map((index) => rect(LEFT, y + height + 12 + index * 24, LENGTH, 15 - index * 2.6))
        .join('');
    return (
      disc(sun, 200 - side * between(random, 70, 140), y - 34, between(random, 54, 88)) +
      `<g transform="rotate(${angle.toFixed(1)} 200 ${y.toFixed(0)})">` +
      filled(beam, rect(LEFT, y, LENGTH, height) + stripes(1)) +
      filled(stripe, stripes(0)) +
      '</g>'
    );
  },
};
