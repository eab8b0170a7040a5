import { readableOn, toHex } from './drawing/colour.ts';
import { genreStyle, leadGenre } from './genres.ts';
import { layoutTitle, linesHeight, type TitleLine } from './title/layout.ts';
import { textWidth } from './title/measure.ts';
import { MOTIFS } from './motifs/index.ts';
import { HEIGHT, WIDTH, type Motif } from './motifs/motif.ts';
import { paletteFor, type Palette } from './drawing/palette.ts';
import { randomBetween, randomFrom, randomIndex, seedOf, type Random } from './drawing/seed.ts';
import { filled, rect } from './drawing/svg.ts';

/** The input of a poster; equal films get equal posters. */
export interface PosterFilm {
  readonly title: string;
  readonly year?: number | null;
  readonly genres: readonly string[];
}

/** The title stands below the art, or above it. */
export type TitlePlace = 'bottom' | 'top';

/** The poster without its art: all that its text needs. */
interface PosterDesign {
  readonly motif: Motif;
  /** The genre that leads the poster; null for a film without genres. */
  readonly genre: string | null;
  readonly place: TitlePlace;
  readonly lines: readonly TitleLine[];
  /** The factor by which the title may be larger where the foot line is left out: on posters too small for it. */
  readonly smallScale: number;
  /** Under the title, as `#rrggbb`. */
  readonly ground: string;
  /** Title and foot line; at least 4.5:1 on the ground. */
  readonly text: string;
}

export function designPoster(film: PosterFilm): PosterDesign {
  const { genre, motif, palette, place } = basisOf(film);
  const ground = motif.ground(palette);
  const lines = layoutTitle(film.title, motif.voice, motif.box, motif.align);
  return {
    motif,
    genre,
    place,
    lines,
    smallScale: smallScaleOf(lines, motif),
    ground: toHex(ground),
    text: toHex(readableOn(ground, motif.text(palette))),
  };
}

/** The art as the inside of an `<svg viewBox="0 0 400 600">`, without text. */
export function posterArt(film: PosterFilm): string {
  const { motif, palette, place, crop, random } = basisOf(film);
  const { artHeight } = motif;
  const ground = motif.ground(palette);
  const isBelow = place === 'bottom';
  const artY = isBelow ? '' : ` y="${HEIGHT - artHeight}"`;
  const groundY = isBelow ? artHeight - 1 : 0;
  return (
    filled(palette.paper, rect(0, 0, WIDTH, HEIGHT)) +
    // An inner <svg> cuts at its edges, and needs no id as a clip path would.
    `<svg${artY} width="${WIDTH}" height="${artHeight}"><g transform="${crop}">${motif.draw(palette, random)}</g></svg>` +
    (ground === palette.paper ? '' : filled(ground, rect(0, groundY, WIDTH, HEIGHT - artHeight + 1)))
  );
}

interface Basis {
  genre: string | null;
  motif: Motif;
  palette: Palette;
  place: TitlePlace;
  /** The art as it is, mirrored, or larger than its place: a transform. */
  crop: string;
  /** The film's random stream after all that is drawn. */
  random: Random;
}

const MAX_ZOOM = 1.45;
const TOP_SHARE = 0.4;

function basisOf({ title, year, genres }: PosterFilm): Basis {
  const genre = leadGenre(genres);
  const { hue, motifs } = genreStyle(genre);
  const random = randomFrom(seedOf(`${title}|${year ?? ''}`));
  const motif = MOTIFS[motifs[randomIndex(random, motifs.length)] ?? motifs[0]];
  const place = random() < TOP_SHARE ? 'top' : 'bottom';
  const crop = cropOf(motif, random);
  return { genre, motif, place, crop, palette: paletteFor(hue, year, random), random };
}

/** Half are mirrored, half larger, about a point that stays where it is. */
function cropOf({ artHeight, anchorY = artHeight / 2 }: Motif, random: Random): string {
  const zoom = random() < 0.5 ? 1 : randomBetween(random, 1.1, MAX_ZOOM);
  const side = random() < 0.5 ? 1 : -1;
  const x = randomBetween(random, 0.25, 0.75) * WIDTH;
  const shiftX = side === 1 ? x * (1 - zoom) : WIDTH - x * (1 - zoom);
  const numbers = [side * zoom, 0, 0, zoom, shiftX, anchorY * (1 - zoom)];
  return `matrix(${numbers.map((number) => Number(number.toFixed(2))).join(' ')})`;
}

/** The foot line's room, and the margin below it, in poster units. */
const FOOT_ROOM = 38;

function smallScaleOf(lines: readonly TitleLine[], { voice, box }: Motif): number {
  const widest = Math.max(...lines.map(({ text, size }) => textWidth(voice, text) * size));
  const scale = Math.min(box.width / widest, (box.height + FOOT_ROOM) / linesHeight(lines, voice));
  return Math.max(1, Math.floor(scale * 100) / 100);
}
