import { pickContrasting, toHex, type Oklch } from '../drawing/colour.ts';
import { randomBetween, randomIndex } from '../drawing/seed.ts';
import { disc, path } from '../drawing/svg.ts';
import { boxFrom, onPaper, type Motif } from './motif.ts';

const ART_HEIGHT = 428;
const DOTS = 8;
const STEP = 50;

/** A raster of dots that grow towards a point, as printed pictures seen from near. */
export const halftone: Motif = {
  ...onPaper,
  voice: 'wide',
  align: 'left',
  box: boxFrom(442),
  artHeight: ART_HEIGHT,
  draw({ paper, accents }, random) {
    const colour = pickContrasting(accents, [paper]);
    const others = accents.filter((accent) => accent !== colour) as [Oklch, Oklch];
    const [x, y] = [randomBetween(random, 40, 360), randomBetween(random, 60, 380)];
    const reach = randomBetween(random, 260, 420);
    const grows = random() < 0.5;
    const dotAt = (column: number, row: number) => {
      const [cx, cy] = [column * STEP + (row % 2) * (STEP / 2), row * STEP + STEP / 2];
      const near = Math.max(0, 1 - Math.hypot(cx - x, cy - y) / reach);
      return { cx, cy, diameter: 6 + (grows ? near : 1 - near) * (STEP * 0.86) };
    };
    // Three sizes: one path each, of dots that are lines without length.
    const sizes = [12, 24, 40] as const;
    const data: [string, string, string] = ['', '', ''];
    for (let row = 0; row <= DOTS; row++)
      for (let column = 0; column <= DOTS; column++) {
        const { cx, cy, diameter } = dotAt(column, row);
        const size = diameter < 18 ? 0 : diameter < 32 ? 1 : 2;
        data[size] += path('M', cx, cy, 'h', 0);
      }
    const behind = disc(others[randomIndex(random, 2)] ?? others[0], x, y, randomBetween(random, 90, 150));
    const dots = data.map(
      (of, size) =>
        of &&
        `<path stroke="${toHex(colour)}" stroke-width="${sizes[size] ?? 12}" stroke-linecap="round" d="${of}"/>`,
    );
    return behind + dots.join('');
  },
};
