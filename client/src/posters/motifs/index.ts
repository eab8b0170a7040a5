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
} as const satisfies Readonly<Record<string, Motif>>;

export type MotifName = keyof typeof MOTIFS;
