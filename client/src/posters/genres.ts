import { seedOf } from './drawing/seed.ts';
import type { MotifName } from './motifs/index.ts';

interface GenreStyle {
  /** OKLCH hue in degrees. */
  readonly hue: number;
  /** The motifs of its films, one of them each. */
  readonly motifs: readonly [MotifName, ...MotifName[]];
}

interface KnownGenre extends GenreStyle {
  /** The weight of the genre in what a film is, where it is the only one. */
  readonly says: number;
  /** The loss of weight for each further genre: some tell of an ingredient where there are several. */
  readonly lessEach: number;
}

const genre = (
  hue: number,
  [says, lessEach]: readonly [number, number],
  ...motifs: readonly [MotifName, ...MotifName[]]
): KnownGenre => ({ hue, says, lessEach, motifs });

/** MovieLens' genres. IMAX is a format, and leads only what is nothing else. */
const STYLES = new Map<string, KnownGenre>([
  ['Film-Noir', genre(270, [100, 0], 'blinds', 'steps', 'window', 'tunnel', 'slash')],
  ['Documentary', genre(155, [98, 0], 'modules', 'columns', 'halftone', 'window', 'waves')],
  ['Western', genre(48, [96, 0], 'horizon', 'facets', 'blinds', 'waves', 'burst')],
  ['War', genre(128, [95, 9], 'blinds', 'columns', 'facets', 'slash', 'steps')],
  ['Animation', genre(205, [94, 0], 'modules', 'halftone', 'arcs', 'ribbons', 'burst')],
  ['Horror', genre(24, [90, 0], 'tunnel', 'steps', 'window', 'facets', 'blinds')],
  ['Sci-Fi', genre(238, [88, 0], 'orbit', 'halftone', 'arcs', 'tunnel', 'columns')],
  ['Musical', genre(345, [86, 3], 'burst', 'ribbons', 'arcs', 'discs', 'columns')],
  ['Fantasy', genre(312, [85, 2], 'orbit', 'waves', 'arcs', 'facets', 'ribbons')],
  ['Crime', genre(18, [82, 2], 'slash', 'steps', 'window', 'columns', 'blinds')],
  ['Mystery', genre(288, [80, 2], 'tunnel', 'window', 'steps', 'arcs', 'blinds')],
  ['Romance', genre(2, [79, 4], 'discs', 'ribbons', 'waves', 'arcs', 'window')],
  ['Children', genre(120, [78, 4], 'modules', 'arcs', 'halftone', 'burst', 'ribbons')],
  ['Action', genre(32, [76, 0], 'slash', 'facets', 'columns', 'ribbons', 'burst')],
  ['Adventure', genre(62, [75, 3.5], 'horizon', 'waves', 'facets', 'arcs', 'slash')],
  ['Comedy', genre(88, [72, 0], 'burst', 'halftone', 'ribbons', 'modules', 'discs', 'arcs')],
  ['Thriller', genre(182, [70, 0], 'tunnel', 'steps', 'slash', 'window', 'columns')],
  ['Drama', genre(258, [60, 0], 'horizon', 'window', 'waves', 'facets', 'discs', 'columns')],
  ['IMAX', genre(220, [0, 0], 'orbit', 'waves')],
]);

const MOTIFS = [...new Set([...STYLES.values()].flatMap(({ motifs }) => motifs))];

/**
 * The genre that says most of what a film is; one that MovieLens does not know says more than all others. Null without genres.
 * "Comedy, Drama, Romance, War" is no war film, "Drama, War" is one.
 */
export function leadGenre(genres: readonly string[]): string | null {
  const further = genres.filter((name) => name !== 'IMAX').length - 1;
  const says = (name: string) => {
    const known = STYLES.get(name);
    return known ? known.says - known.lessEach * Math.max(0, further) : Infinity;
  };
  return genres.reduce<string | null>(
    (lead, name) => (lead === null || says(name) > says(lead) ? name : lead),
    null,
  );
}

/** Hue and motifs of a genre; unknown ones get theirs from their name, no genre looks like Drama. */
export function genreStyle(name: string | null): GenreStyle {
  const known = STYLES.get(name ?? 'Drama');
  if (known) return known;
  const seed = seedOf(name ?? '');
  const from = (step: number) => MOTIFS[(seed + step) % MOTIFS.length] ?? 'horizon';
  return { hue: seed % 360, motifs: [from(0), from(3), from(7)] };
}
