import { toHex } from '../drawing/colour.ts';
import { randomBetween, randomIndex } from '../drawing/seed.ts';
import { formatTenths, path } from '../drawing/svg.ts';
import { boxFrom, onPaper, type Motif } from './motif.ts';

const ART_HEIGHT = 430;

/** Bands side by side that bend through the picture together. */
export const ribbons: Motif = {
  ...onPaper,
  voice: 'grotesque',
  align: 'left',
  box: boxFrom(444),
  artHeight: ART_HEIGHT,
  draw({ ink, accents }, random) {
    const count = 3 + randomIndex(random, 3);
    const width = randomBetween(random, 20, 46);
    const from = randomBetween(random, -20, 220);
    const to = randomBetween(random, 60, 380);
    const bend = randomBetween(random, 120, 330) * (random() < 0.5 ? -1 : 1);
    const spread = width * (random() < 0.5 ? 1 : 1.35);
    const colours = [...accents, ink];
    const shift = randomIndex(random, colours.length);
    return Array.from({ length: count }, (_, band) => {
      const offset = band * spread;
      const data = path(
        ...['M', from + offset, -30, 'C', from + offset + bend, 150],
        ...[to + offset - bend, 260, to + offset, ART_HEIGHT + 30],
      );
      const colour = toHex(colours[(band + shift) % colours.length] ?? ink);
      return `<path fill="none" stroke="${colour}" stroke-width="${formatTenths(width)}" d="${data}"/>`;
    }).join('');
  },
};
