import { mix, oklch } from '../drawing/colour.ts';
import { between, oneOf } from '../drawing/seed.ts';
import { disc, filled, path, ring } from '../drawing/svg.ts';
import { boxFrom, onPaper, type Motif } from './motif.ts';

const CX = 200;
const CY = 226;
const ART_HEIGHT = 436;

/** Two circles that meet; where they overlap the colours print over each other. */
export const discs: Motif = {
  ...onPaper,
  voice: 'serif',
  align: 'center',
  box: boxFrom(442),
  artHeight: ART_HEIGHT,
  draw({ dark, paper, accents: [first, second] }, random) {
    const radius = between(random, 124, 148);
    const reach = between(random, 66, 90);
    const tilt = between(random, -55, 55);
    const left = { x: CX - reach, y: CY - tilt, r: radius };
    const right = { x: CX + reach, y: CY + tilt, r: radius * 0.86 };
    const blend = mix(first, second, 0.5);
    const overlap = dark
      ? oklch(Math.min(0.97, Math.max(first.l, second.l) + 0.1), blend.c * 0.5, blend.h)
      : oklch(Math.max(0.12, Math.min(first.l, second.l) - 0.11), blend.c * 0.8, blend.h);
    const grooves = 5 + oneOf(random, 3);
    const rings = Array.from({ length: grooves }, (_, groove) =>
      ring(paper, left.x, left.y, radius - 10 - (groove * radius) / (grooves + 1), 1.8, 0.6),
    );
    return (
      disc(first, left.x, left.y, left.r) +
      disc(second, right.x, right.y, right.r) +
      filled(overlap, lens(left, right)) +
      rings.join('')
    );
  },
};

interface Circle {
  x: number;
  y: number;
  r: number;
}

/** What both circles cover; they do cross here, as their centres lie closer than the radii reach. */
function lens(one: Circle, other: Circle): string {
  const dx = other.x - one.x;
  const dy = other.y - one.y;
  const distance = Math.hypot(dx, dy);
  const along = (distance ** 2 + one.r ** 2 - other.r ** 2) / (2 * distance);
  const across = Math.sqrt(Math.max(0, one.r ** 2 - along ** 2));
  const [unitX, unitY] = [dx / distance, dy / distance];
  const [middleX, middleY] = [one.x + unitX * along, one.y + unitY * along];
  const [topX, topY] = [middleX + unitY * across, middleY - unitX * across];
  const [bottomX, bottomY] = [middleX - unitY * across, middleY + unitX * across];
  return path(
    'M',
    topX,
    topY,
    'A',
    one.r,
    one.r,
    0,
    0,
    1,
    bottomX,
    bottomY,
    'A',
    other.r,
    other.r,
    0,
    0,
    1,
    topX,
    topY,
    'z',
  );
}
