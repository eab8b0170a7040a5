import { arcs } from './arcs.ts';
import { columns } from './columns.ts';
import { facets } from './facets.ts';
import { halftone } from './halftone.ts';
import { ribbons } from './ribbons.ts';
import { steps } from './steps.ts';
import { waves } from './waves.ts';
import { window } from './window.ts';
import { blinds } from './blinds.ts';
import { burst } from './burst.ts';
import { discs } from './discs.ts';
import { horizon } from './horizon.ts';
import { modules } from './modules.ts';
import type { Motif } from './motif.ts';
import { orbit } from './orbit.ts';
import { slash } from './slash.ts';
import { tunnel } from './tunnel.ts';

export const MOTIFS = {
  modules,
  horizon,
  tunnel,
  slash,
  orbit,
  burst,
  blinds,
  discs,
  arcs,
  columns,
  facets,
  halftone,
  ribbons,
  steps,
  waves,
  window,
} as const satisfies Readonly<Record<string, Motif>>;

export type MotifName = keyof typeof MOTIFS;
