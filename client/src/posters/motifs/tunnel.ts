import type { Oklch } from '../drawing/colour.ts';
import { between, oneOf } from '../drawing/seed.ts';
import { disc, filled, path, rect } from '../drawing/svg.ts';
import { boxFrom, onPaper, WIDTH, type Motif } from './motif.ts';

const RINGS = 9;
const RADIUS = 196;
const CX = 200;
const CY = 232;
const ART_HEIGHT = 436;

/** Nested frames that wander off towards a small light. */
export const tunnel: Motif = {
  ...onPaper,
  voice: 'condensed',
  align: 'left',
  box: boxFrom(450),
  artHeight: ART_HEIGHT,
  draw({ dark, paper, ink, accents }, random) {
    const deep = dark ? paper : ink;
    const gap = (accent: Oklch) => Math.abs(accent.l - deep.l);
    const [bright, light] = [...accents].sort((one, other) => gap(other) - gap(one)) as [Oklch, Oklch, Oklch];
    const direction = between(random, 0, 2 * Math.PI);
    const drift = between(random, 15, 19);
    const twist = between(random, -11, 11);
    const frame = FRAMES[oneOf(random, FRAMES.length)] ?? null;
    const centre = (ring: number, pull: number) => {
      const angle = direction + ring * 0.16;
      return [
        CX + Math.cos(angle) * drift * ring * pull,
        CY + Math.sin(angle) * drift * ring * pull,
      ] as const;
    };

    let art = frame ? filled(bright, rect(0, 0, WIDTH, ART_HEIGHT)) : '';
    for (let ring = frame ? 1 : 0; ring < RINGS; ring++) {
      const [x, y] = centre(ring, 0.62);
      const reach = RADIUS * (1 - ring / RINGS) + 4;
      const colour = ring % 2 === 0 ? bright : deep;
      const turn = ` transform="rotate(${Math.round(ring * twist * 0.6)} ${Math.round(x)} ${Math.round(y)})"`;
      art += frame ? filled(colour, frame(x, y, reach), turn) : disc(colour, x, y, reach);
    }
    return art + disc(light, ...centre(RINGS, 0.56), 9);
  },
};

const square = (x: number, y: number, reach: number) =>
  rect(x - reach * 0.94, y - reach * 0.94, reach * 1.88, reach * 1.88);

const triangle = (x: number, y: number, reach: number) =>
  path('M', x, y - reach * 1.08, 'L', x + reach * 1.08, y + reach * 0.78, 'H', x - reach * 1.08, 'z');

/** Null draws circles, which need no paper of their own. */
const FRAMES = [null, square, triangle];
