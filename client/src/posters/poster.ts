import { readableOn, toHex } from './drawing/colour.ts';
import { genreLook, leadGenre } from './genres.ts';
import { layoutTitle, type TitleLine } from './title/layout.ts';
import { MOTIFS } from './motifs/index.ts';
import { HEIGHT, WIDTH, type Motif } from './motifs/motif.ts';
import { paletteFor, type Palette } from './drawing/palette.ts';
import { randomFrom, seedOf, type Random } from './drawing/seed.ts';
import { filled, rect } from './drawing/svg.ts';

/** What a poster is made from; the same film always gets the same one. */
export interface PosterFilm {
  readonly title: string;
  readonly year?: number | null;
  readonly genres: readonly string[];
}

/** The poster without its art: all that its text needs. */
export interface PosterDesign {
  readonly motif: Motif;
  /** The genre that leads the poster; null for a film without genres. */
  readonly genre: string | null;
  readonly lines: readonly TitleLine[];
  /** Under the title, as `#rrggbb`. */
  readonly ground: string;
  /** Title and foot line; at least 4.5:1 on the ground. */
  readonly text: string;
}

export function designPoster(film: PosterFilm): PosterDesign {
  const { genre, motif, palette } = basisOf(film);
  const ground = motif.ground(palette);
  return {
    motif,
    genre,
    lines: layoutTitle(film.title, motif.voice, motif.box, motif.align),
    ground: toHex(ground),
    text: toHex(readableOn(ground, motif.text(palette))),
  };
}

/** The art as the inside of an `<svg viewBox="0 0 400 600">`, without text; the film's embedding may shape it. */
export function posterArt(film: PosterFilm, embedding?: ArrayLike<number>): string {
  const { motif, palette, random } = basisOf(film);
  const { artHeight } = motif;
  const ground = motif.ground(palette);
  return (
    filled(palette.paper, rect(0, 0, WIDTH, HEIGHT)) +
    // An inner <svg> cuts at its edges, and needs no id as a clip path would.
    `<svg width="${WIDTH}" height="${artHeight}">${motif.draw(palette, random, embedding)}</svg>` +
    (ground === palette.paper ? '' : filled(ground, rect(0, artHeight - 1, WIDTH, HEIGHT - artHeight + 1)))
  );
}

interface Basis {
  genre: string | null;
  motif: Motif;
  palette: Palette;
  /** The film's stream after its palette: the art draws on from here. */
  random: Random;
}

function basisOf({ title, year, genres }: PosterFilm): Basis {
  const genre = leadGenre(genres);
  const { hue, motif } = genreLook(genre);
  const random = randomFrom(seedOf(`${title}|${year ?? ''}`));
  return { genre, motif: MOTIFS[motif], palette: paletteFor(hue, year, random), random };
}
