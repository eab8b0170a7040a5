import { seedOf } from './drawing/seed.ts';
import type { MotifName } from './motifs/index.ts';

export interface GenreLook {
  /** OKLCH hue in degrees. */
  hue: number;
  motif: MotifName;
}

/** Rarest first, as the genres occur in MovieLens: the first that a film has leads its poster. IMAX is a format. */
const LOOKS = new Map<string, GenreLook>([
  ['Film-Noir', { hue: 270, motif: 'blinds' }],
  ['Western', { hue: 48, motif: 'horizon' }],
  ['Musical', { hue: 345, motif: 'burst' }],
  ['War', { hue: 128, motif: 'blinds' }],
  ['Documentary', { hue: 155, motif: 'modules' }],
  ['Animation', { hue: 205, motif: 'modules' }],
  ['Mystery', { hue: 288, motif: 'tunnel' }],
  ['Children', { hue: 120, motif: 'modules' }],
  ['Fantasy', { hue: 312, motif: 'orbit' }],
  ['Horror', { hue: 24, motif: 'tunnel' }],
  ['Sci-Fi', { hue: 238, motif: 'orbit' }],
  ['Crime', { hue: 18, motif: 'slash' }],
  ['Adventure', { hue: 62, motif: 'horizon' }],
  ['Romance', { hue: 2, motif: 'discs' }],
  ['Action', { hue: 32, motif: 'slash' }],
  ['Thriller', { hue: 182, motif: 'tunnel' }],
  ['Comedy', { hue: 88, motif: 'burst' }],
  ['Drama', { hue: 258, motif: 'horizon' }],
  ['IMAX', { hue: 220, motif: 'orbit' }],
]);

const RANK = new Map([...LOOKS.keys()].map((genre, rank) => [genre, rank]));
const MOTIFS = [...new Set([...LOOKS.values()].map(({ motif }) => motif))];

/** The rarest of a film's genres; one that MovieLens does not know counts as rarer still. Null without genres. */
export function leadGenre(genres: readonly string[]): string | null {
  const rank = (genre: string) => RANK.get(genre) ?? -1;
  return genres.reduce<string | null>(
    (lead, genre) => (lead === null || rank(genre) < rank(lead) ? genre : lead),
    null,
  );
}

/** Hue and motif of a genre; unknown ones get theirs from their name, no genre looks like Drama. */
export function genreLook(genre: string | null): GenreLook {
  const known = LOOKS.get(genre ?? 'Drama');
  if (known) return known;
  const seed = seedOf(genre ?? '');
  return { hue: seed % 360, motif: MOTIFS[seed % MOTIFS.length] ?? 'horizon' };
}
