import type { Oklch } from '../drawing/colour.ts';
import type { TitleAlign, TitleBox } from '../title/layout.ts';
import type { Palette } from '../drawing/palette.ts';
import type { Random } from '../drawing/seed.ts';
import type { VoiceName } from '../title/voices.ts';

/** A family of posters: what is drawn above, and how the title stands below it. */
export interface Motif {
  readonly voice: VoiceName;
  readonly align: TitleAlign;
  /** The place of the title; its lines sit at the box's bottom. */
  readonly box: TitleBox;
  /** The art ends here: what would reach lower is cut, so that text never stands on it. */
  readonly artHeight: number;
  /** The height that stays in its place where the art is drawn larger; its middle unless given. */
  readonly anchorY?: number;
  /** The plain colour under the title. */
  readonly ground: (palette: Palette) => Oklch;
  /** The title's colour as wanted; it is shifted where the contrast demands it. */
  readonly text: (palette: Palette) => Oklch;
  /** Draws SVG elements on a paper of 400 × `artHeight`. */
  readonly draw: (palette: Palette, random: Random) => string;
}

export const WIDTH = 400;
export const HEIGHT = 600;
const MARGIN = 24;

/** From here down the foot line has its place. */
const TITLE_BOTTOM = 538;

/** The box between the margins from `y` down to the foot line. */
export const boxFrom = (y: number): TitleBox => ({
  x: MARGIN,
  y,
  width: WIDTH - 2 * MARGIN,
  height: TITLE_BOTTOM - y,
});

export const onPaper = {
  ground: ({ paper }: Palette) => paper,
  text: ({ ink }: Palette) => ink,
} as const;
