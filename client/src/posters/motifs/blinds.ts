import { standingOut, type Oklch } from '../drawing/colour.ts';
import { between } from '../drawing/seed.ts';
import { disc, filled, rect } from '../drawing/svg.ts';
import { boxFrom, onPaper, WIDTH, type Motif } from './motif.ts';

const BLINDS = 11;
const FIRST_Y = 64;
const STEP = 34;

const thickness = (blind: number) => 9 + blind * 1.7;

/** A disc behind venetian blinds that thicken downwards. */
export const blinds: Motif = {
  ...onPaper,
  voice: 'serif',
  align: 'left',
  box: boxFrom(454),
  artHeight: 440,
  draw({ paper, ink, accents }, random) {
    const rows = Array.from({ length: BLINDS }, (_, blind) => blind);
    const cx = between(random, 110, 290);
    const cy = between(random, 200, 260);
    const radius = between(random, 96, 136);
    const lamp: Oklch = standingOut(accents, [paper, ink]);
    const slits = rows
      .map((blind) => {
        const y = FIRST_Y + blind * STEP + thickness(blind) + 4;
        // The chord at the slit's edge farther from the centre, so that it stays inside the disc.
        const distance = Math.max(Math.abs(y - cy), Math.abs(y + 4 - cy));
        if (distance >= radius) return '';
        const half = Math.sqrt(radius ** 2 - distance ** 2);
        return rect(cx - half, y, 2 * half, 4);
      })
      .join('');
    return (
      filled(ink, rows.map((blind) => rect(0, FIRST_Y + blind * STEP, WIDTH, thickness(blind))).join('')) +
      disc(lamp, cx, cy, radius) +
      filled(paper, slits)
    );
  },
};
