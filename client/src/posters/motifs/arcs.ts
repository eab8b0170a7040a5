import { toHex } from '../drawing/colour.ts';
import { randomBetween, randomIndex } from '../drawing/seed.ts';
import { disc, formatTenths } from '../drawing/svg.ts';
import { boxFrom, onPaper, WIDTH, type Motif } from './motif.ts';

const ART_HEIGHT = 432;

/** Broad rings out of a corner or an edge: a rainbow, a ripple, a planet's limb. */
export const arcs: Motif = {
  ...onPaper,
  voice: 'grotesque',
  align: 'left',
  box: boxFrom(444),
  artHeight: ART_HEIGHT,
  draw({ ink, accents }, random) {
    const [x, y] = ORIGINS[randomIndex(random, ORIGINS.length)] ?? [0, ART_HEIGHT];
    const rings = 3 + randomIndex(random, 4);
    const inner = randomBetween(random, 40, 110);
    const width = randomBetween(random, 26, 56);
    const gap = random() < 0.5 ? 0 : randomBetween(random, 8, 22);
    const shift = randomIndex(random, 3);
    const colours = [...accents, ink];
    const art = Array.from({ length: rings }, (_, ring) => {
      const colour = colours[(ring + shift) % (gap === 0 ? colours.length : 3)] ?? ink;
      const radius = inner + width / 2 + ring * (width + gap);
      return `<circle fill="none" stroke="${toHex(colour)}" stroke-width="${formatTenths(width)}" cx="${formatTenths(x)}" cy="${formatTenths(y)}" r="${formatTenths(radius)}"/>`;
    });
    const body = disc(
      accents[(shift + 1) % 3] ?? ink,
      x < WIDTH / 2 ? randomBetween(random, 270, 350) : randomBetween(random, 50, 130),
      y < ART_HEIGHT / 2 ? randomBetween(random, 330, 390) : randomBetween(random, 50, 100),
      randomBetween(random, 16, 42),
    );
    return art.join('') + body;
  },
};

const ORIGINS = [
  [0, ART_HEIGHT],
  [WIDTH, 0],
  [WIDTH / 2, ART_HEIGHT],
  [WIDTH / 2, 214],
  [WIDTH, ART_HEIGHT / 2],
] as const;
