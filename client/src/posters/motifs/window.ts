import { pickContrasting, type Oklch } from '../drawing/colour.ts';
import { randomBetween, randomIndex } from '../drawing/seed.ts';
import { disc, filled, path, rect } from '../drawing/svg.ts';
import { boxFrom, onPaper, type Motif } from './motif.ts';

const ART_HEIGHT = 436;

/** An opening in the dark: a door, an arch, a pane with its cross, and what light falls through it. */
export const window: Motif = {
  ...onPaper,
  voice: 'serif',
  align: 'center',
  box: boxFrom(446),
  artHeight: ART_HEIGHT,
  draw({ paper, ink, accents }, random) {
    const light = pickContrasting(accents, [paper]);
    const others = accents.filter((accent) => accent !== light) as [Oklch, Oklch];
    const beyond = pickContrasting(others, [light]);
    const width = randomBetween(random, 130, 216);
    const top = randomBetween(random, 50, 96);
    const bottom = randomBetween(random, 300, 352);
    const x = randomBetween(random, 44, 356 - width);
    const shape = OPENINGS[randomIndex(random, OPENINGS.length)] ?? square;
    const lean = randomBetween(random, -110, 110);
    const isFloor = random() < 0.6;
    const floor = isFloor
      ? filled(
          light,
          path('M', x, bottom + 10, 'h', width, 'L', x + width + lean, ART_HEIGHT, 'h', -width, 'z'),
          ' fill-opacity=".45"',
        )
      : '';
    const sun = disc(
      beyond,
      x + width * randomBetween(random, 0.3, 0.7),
      randomBetween(random, top + 90, bottom - 70),
      width * randomBetween(random, 0.16, 0.28),
    );
    const sill = filled(ink, rect(x - 14, bottom, width + 28, 10));
    const cross =
      random() < 0.5
        ? filled(paper, rect(x + width / 2 - 4, top, 8, bottom - top) + rect(x, (top + bottom) / 2, width, 8))
        : '';
    return floor + filled(light, shape(x, top, width, bottom)) + sun + cross + sill;
  },
};

const square = (x: number, top: number, width: number, bottom: number) => rect(x, top, width, bottom - top);

const arch = (x: number, top: number, width: number, bottom: number) => {
  const radius = width / 2;
  return path('M', x, bottom, 'V', top + radius, 'a', radius, radius, 0, 0, 1, width, 0, 'V', bottom, 'z');
};

const gable = (x: number, top: number, width: number, bottom: number) =>
  path(
    'M',
    x,
    bottom,
    'V',
    top + width * 0.4,
    'l',
    width / 2,
    -width * 0.4,
    'l',
    width / 2,
    width * 0.4,
    'V',
    bottom,
    'z',
  );

const OPENINGS = [square, arch, gable];
