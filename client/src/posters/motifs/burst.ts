import type { Oklch } from '../drawing/colour.ts';
import { between, oneOf } from '../drawing/seed.ts';
import { disc, filled, path, rect, short } from '../drawing/svg.ts';
import { toHex } from '../drawing/colour.ts';
import { boxFrom, WIDTH, type Motif } from './motif.ts';

const ART_HEIGHT = 424;
/** Further than the far corner. */
const REACH = 660;

/** Rays from a face, a target, a laugh or a rising sun, over a panel that carries the title. */
export const burst: Motif = {
  voice: 'grotesque',
  align: 'left',
  box: boxFrom(442),
  artHeight: ART_HEIGHT,
  ground: ({ ink }) => ink,
  text: ({ paper }) => paper,
  draw({ paper, accents: [one, other, middle] }, random) {
    const kind = oneOf(random, KINDS.length + 1);
    const rising = kind === KINDS.length;
    const cx = between(random, 120, 280);
    const cy = rising ? ART_HEIGHT : between(random, 180, 250);
    const sectors = rising ? 36 : 24;
    const offset = random();
    const radius = between(random, 92, 126);
    const centre = KINDS[kind];
    return (
      filled(paper, rect(0, 0, WIDTH, ART_HEIGHT)) +
      filled(one, sectorsFrom(cx, cy, sectors, offset)) +
      filled(other, sectorsFrom(cx, cy, sectors, offset + 2)) +
      disc(middle, cx, cy, radius) +
      (centre ? centre(paper, middle, cx, cy, radius) : '')
    );
  },
};

/** Every fourth of the sectors: two calls make rays of two colours with paper between them. */
function sectorsFrom(cx: number, cy: number, sectors: number, offset: number): string {
  const point = (sector: number) => {
    const angle = ((sector + offset) / sectors) * 2 * Math.PI;
    return [cx + Math.cos(angle) * REACH, cy + Math.sin(angle) * REACH] as const;
  };
  let data = '';
  for (let sector = 0; sector < sectors; sector += 4) {
    const [fromX, fromY] = point(sector).map(Math.round) as [number, number];
    const [toX, toY] = point(sector + 1).map(Math.round) as [number, number];
    data += path('M', cx, cy, 'L', fromX, fromY, 'L', toX, toY, 'z');
  }
  return data;
}

type Centre = (paper: Oklch, middle: Oklch, cx: number, cy: number, radius: number) => string;

const face: Centre = (paper, _middle, cx, cy, radius) =>
  disc(paper, cx - radius * 0.34, cy - radius * 0.14, radius * 0.11) +
  disc(paper, cx + radius * 0.34, cy - radius * 0.14, radius * 0.11) +
  `<path fill="none" stroke="${toHex(paper)}" stroke-width="${short(radius * 0.1)}" stroke-linecap="round" d="` +
  path('M', cx - radius * 0.42, cy + radius * 0.26, 'q', radius * 0.42, radius * 0.38, radius * 0.84, 0) +
  '"/>';

const target: Centre = (paper, middle, cx, cy, radius) =>
  [1, 2, 3].map((step) => disc(step % 2 ? paper : middle, cx, cy, radius * (1 - step * 0.26))).join('');

const laugh: Centre = (paper, _middle, cx, cy, radius) => {
  const mouth = radius * 0.62;
  return filled(paper, path('M', cx - mouth, cy, 'a', mouth, mouth, 0, 0, 0, 2 * mouth, 0, 'z'));
};

const KINDS: readonly Centre[] = [face, target, laugh];
