import { toHex } from '../drawing/colour.ts';
import { between, oneOf, type Random } from '../drawing/seed.ts';
import { disc, filled, path, ring, short } from '../drawing/svg.ts';
import { boxFrom, onPaper, type Motif } from './motif.ts';

const CX = 200;
const CY = 222;
const RAYS = 72;
const RAY_LENGTH = 108;

/** A planet whose rays are a film's embedding, so that similar films look alike; without one they come from the seed. */
export const orbit: Motif = {
  ...onPaper,
  voice: 'wide',
  align: 'center',
  box: boxFrom(442),
  artHeight: 436,
  draw({ paper, ink, accents }, random, embedding) {
    const radius = between(random, 54, 72);
    const seeded = waves(random);
    const heights = embedding && embedding.length > 1 ? aroundCircle(embedding) : seeded;
    const orbits = [1, 2, 3, 4].map((step) => ring(ink, CX, CY, radius + step * 34, 1, 0.22)).join('');
    const moon = between(random, 0, 2 * Math.PI);
    const moonOrbit = radius + 3 * 34;
    return (
      orbits +
      // Long, middle and short rays: one path each keeps the SVG small.
      rays(heights, radius + 6, toHex(accents[0]), 5.4, (height) => height > 0.62) +
      rays(heights, radius + 6, toHex(accents[1]), 4.6, (height) => height > 0.36 && height <= 0.62) +
      rays(heights, radius + 6, toHex(accents[2]), 3.8, (height) => height <= 0.36) +
      disc(accents[0], CX, CY, radius - 6) +
      filled(paper, shade(radius - 6), ' fill-opacity=".35"') +
      disc(ink, CX + Math.cos(moon) * moonOrbit, CY + Math.sin(moon) * moonOrbit, 11)
    );
  },
};

function rays(
  heights: readonly number[],
  from: number,
  colour: string,
  width: number,
  drawn: (height: number) => boolean,
) {
  const data = heights
    .map((height, index) => {
      if (!drawn(height)) return '';
      const angle = (index / heights.length) * 2 * Math.PI;
      const length = 8 + height * RAY_LENGTH;
      const [x, y] = [Math.cos(angle), Math.sin(angle)];
      return path('M', CX + x * from, CY + y * from, 'l', x * length, y * length);
    })
    .join('');
  return (
    data && `<path stroke="${colour}" stroke-width="${short(width)}" stroke-linecap="round" d="${data}"/>`
  );
}

/** The lit side's crescent, right of the planet's middle. */
const shade = (radius: number) =>
  path(
    'M',
    CX,
    CY - radius,
    'a',
    radius,
    radius,
    0,
    0,
    1,
    0,
    2 * radius,
    'a',
    radius * 1.5,
    radius * 1.5,
    0,
    0,
    0,
    0,
    -2 * radius,
    'z',
  );

/** Heights 0 to 1 from three whole waves round the circle. */
function waves(random: Random): number[] {
  const parts = [
    { share: 0.5, turns: 2 + oneOf(random, 3), phase: between(random, 0, 6) },
    { share: 0.3, turns: 5 + oneOf(random, 4), phase: between(random, 0, 6) },
    { share: 0.2, turns: 11 + oneOf(random, 5), phase: between(random, 0, 6) },
  ];
  return Array.from({ length: RAYS }, (_, ray) => {
    const angle = (ray / RAYS) * 2 * Math.PI;
    return (
      0.5 +
      0.5 * parts.reduce((sum, { share, turns, phase }) => sum + share * Math.sin(angle * turns + phase), 0)
    );
  });
}

/** An embedding's components laid round the circle, scaled to 0 to 1, linearly between neighbours. */
function aroundCircle(embedding: ArrayLike<number>): number[] {
  const values = Array.from(embedding);
  const lowest = values.reduce((low, value) => Math.min(low, value), Infinity);
  const range = values.reduce((high, value) => Math.max(high, value), -Infinity) - lowest || 1;
  return Array.from({ length: RAYS }, (_, ray) => {
    const position = (ray / RAYS) * values.length;
    const index = Math.floor(position);
    const before = values[index] ?? lowest;
    const after = values[(index + 1) % values.length] ?? lowest;
    return (before + (after - before) * (position - index) - lowest) / range;
  });
}
