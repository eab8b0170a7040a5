import { mix, oklch, pickContrasting, type Oklch } from '../drawing/colour.ts';
import type { Palette } from '../drawing/palette.ts';
import { randomBetween, type Random } from '../drawing/seed.ts';
import { disc, filled, path, rect } from '../drawing/svg.ts';
import { boxFrom, WIDTH, type Motif } from './motif.ts';

const RIDGES = 5;
const FIRST_RIDGE_Y = 216;
const RIDGE_STEP = 46;
const ART_HEIGHT = 440;
const NIGHT = oklch(0.15, 0.03, 260);

/** The foremost ridge, on which the title stands. */
const foreground = ({ dark, ink }: Palette): Oklch => (dark ? NIGHT : ink);

/** A sun over receding dunes or peaks. */
export const horizon: Motif = {
  voice: 'serif',
  align: 'left',
  box: boxFrom(446),
  artHeight: ART_HEIGHT,
  anchorY: ART_HEIGHT,
  ground: foreground,
  text: ({ dark, ink, paper }) => (dark ? ink : paper.l > 0.8 ? paper : oklch(0.97, 0.01, 80)),
  draw(palette, random) {
    const { paper, accents } = palette;
    const front = foreground(palette);
    const back = pickContrasting([accents[0], accents[1]], [paper, front]);
    const body = accents[0] === back ? accents[1] : accents[0];
    const sun = pickContrasting(accents.filter((accent) => accent !== back) as [Oklch, Oklch], [paper, back]);

    const x = randomBetween(random, 90, 310);
    const y = randomBetween(random, 118, 178);
    const radius = randomBetween(random, 62, 106);
    let art = disc(sun, x, y, radius);
    if (random() < 0.45) art += filled(paper, slices(y, radius));

    const outline = random() < 0.42 ? peaks : dunes;
    for (let ridge = 0; ridge < RIDGES; ridge++) {
      const depth = ridge / (RIDGES - 1);
      const hue = mix(mix(back, body, Math.min(1, 1.6 * depth)), front, depth);
      const colour = { ...hue, l: back.l + (front.l - back.l) * depth };
      const isFront = ridge === RIDGES - 1;
      const line = (isFront ? dunes : outline)(FIRST_RIDGE_Y + ridge * RIDGE_STEP, 34 - ridge * 4, random);
      art += filled(colour, `${line}V${ART_HEIGHT}H0z`);
    }
    return art;
  },
};

/** Slits of sky through the sun's lower half, wider downwards. */
const slices = (y: number, radius: number) =>
  [0, 1, 2, 3, 4].map((slit) => rect(0, y + radius * (0.08 + slit * 0.2), WIDTH, 2 + slit * 1.9)).join('');

/** Two sine waves as cubic curves with their true slopes, so that few points suffice. */
function dunes(base: number, amplitude: number, random: Random): string {
  const waves = [
    { height: amplitude, frequency: randomBetween(random, 0.006, 0.012), phase: randomBetween(random, 0, 9) },
    {
      height: amplitude * 0.4,
      frequency: randomBetween(random, 0.014, 0.022),
      phase: randomBetween(random, 0, 9),
    },
  ];
  const heightAt = (x: number) =>
    waves.reduce((y, { height, frequency, phase }) => y + height * Math.sin(x * frequency + phase), base);
  const slopeAt = (x: number) =>
    waves.reduce(
      (slope, { height, frequency, phase }) => slope + height * frequency * Math.cos(x * frequency + phase),
      0,
    );
  const step = 50;
  const third = step / 3;
  const parts: (string | number)[] = ['M', 0, heightAt(0)];
  for (let x = step; x <= WIDTH; x += step) {
    const y = heightAt(x);
    if (x === step) parts.push('C', third, heightAt(0) + slopeAt(0) * third);
    else parts.push('S');
    parts.push(x - third, y - slopeAt(x) * third, x, y);
  }
  return path(...parts);
}

function peaks(base: number, amplitude: number, random: Random): string {
  let rising = random() < 0.5;
  const parts: (string | number)[] = ['M', 0, base];
  for (let x = randomBetween(random, 4, 30); x < WIDTH; x += randomBetween(random, 34, 86)) {
    parts.push('L', x, base + amplitude * (rising ? -randomBetween(random, 0.5, 1.6) : 0.5));
    rising = !rising;
  }
  return path(...parts, 'L', WIDTH, base);
}
