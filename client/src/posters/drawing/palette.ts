import { oklch, type Oklch } from './colour.ts';
import { oneOf, type Random } from './seed.ts';

/** How a decade prints: cream, warm, brown earth, neon night, one flood of colour, cinema dark, near-white. */
export type Treatment = 'cream' | 'warm' | 'earth' | 'neon' | 'flood' | 'cinema' | 'clean';

/** Paper and the three accents differ from one another by at least 0.08 in lightness, so touching shapes stay apart. */
export interface Palette {
  readonly treatment: Treatment;
  readonly dark: boolean;
  readonly paper: Oklch;
  readonly ink: Oklch;
  readonly accents: readonly [first: Oklch, second: Oklch, third: Oklch];
}

/** Dark yellow is brown: dark papers take the opposite of a hue that lies in here. */
export const BROWN_HUES = { from: 52, to: 128 } as const;

const HUE_SPREAD = 52;
const UNDATED_YEAR = 2000;

/** The genre gives the hue, the decade the treatment, the film's own stream the rest. */
export function paletteFor(genreHue: number, year: number | null | undefined, random: Random): Palette {
  const h = oklch(0, 0, genreHue + (random() - 0.5) * HUE_SPREAD).h;
  const far = h + (random() < 0.5 ? 150 : -140);
  const paperHue = h > BROWN_HUES.from && h < BROWN_HUES.to ? h + 165 : h;
  const palette = treated(year ?? UNDATED_YEAR, { h, far, paperHue }, random);
  const [first, second, third] = palette.accents;
  const swap = palette.treatment !== 'cream' && random() < 0.5;
  return swap ? { ...palette, accents: [second, first, third] } : palette;
}

interface Hues {
  readonly h: number;
  readonly far: number;
  readonly paperHue: number;
}

function treated(year: number, hues: Hues, random: Random): Palette {
  if (year < 1950) return cream(hues);
  if (year < 1970) return warm(hues);
  if (year < 1980) return earth(hues);
  if (year < 1990) return neon(hues, random);
  if (year < 2000) return flood(hues, oneOf(random, 3));
  if (year < 2010) return cinema(hues, oneOf(random, 3));
  return clean(hues, oneOf(random, 3));
}

const cream = ({ h }: Hues): Palette => ({
  treatment: 'cream',
  dark: false,
  paper: oklch(0.925, 0.028, 82),
  ink: oklch(0.215, 0.025, h),
  accents: [oklch(0.5, 0.15, h), oklch(0.23, 0.03, h), oklch(0.72, 0.07, h + 30)],
});

const warm = ({ h, far }: Hues): Palette => ({
  treatment: 'warm',
  dark: false,
  paper: oklch(0.905, 0.045, 88),
  ink: oklch(0.25, 0.045, h),
  accents: [oklch(0.59, 0.165, h), oklch(0.785, 0.135, 82), oklch(0.46, 0.09, far)],
});

const earth = ({ h }: Hues): Palette => ({
  treatment: 'earth',
  dark: true,
  paper: oklch(0.3, 0.045, 48),
  ink: oklch(0.93, 0.045, 85),
  accents: [oklch(0.66, 0.165, h * 0.35 + 28), oklch(0.79, 0.135, 78), oklch(0.53, 0.115, h)],
});

const neon = ({ h }: Hues, random: Random): Palette => ({
  treatment: 'neon',
  dark: true,
  paper: oklch(0.205, 0.075, 285 + (random() - 0.5) * 50),
  ink: oklch(0.97, 0.02, 300),
  accents: [oklch(0.71, 0.2, h), oklch(0.82, 0.14, 198), oklch(0.6, 0.24, 345)],
});

function flood({ h, far, paperHue }: Hues, turn: number): Palette {
  if (turn === 1) {
    return {
      treatment: 'flood',
      dark: false,
      paper: oklch(0.86, 0.12, h + 40),
      ink: oklch(0.22, 0.06, paperHue),
      accents: [oklch(0.5, 0.19, h), oklch(0.3, 0.1, paperHue), oklch(0.66, 0.17, far)],
    };
  }
  const shared = { treatment: 'flood', dark: true, ink: oklch(0.98, 0.012, h) } as const;
  return turn === 0
    ? {
        ...shared,
        paper: oklch(0.44, 0.15, paperHue),
        accents: [oklch(0.86, 0.145, h + 70), oklch(0.27, 0.09, paperHue), oklch(0.72, 0.16, far)],
      }
    : {
        ...shared,
        paper: oklch(0.29, 0.1, paperHue),
        accents: [oklch(0.7, 0.19, h), oklch(0.87, 0.13, h + 60), oklch(0.54, 0.16, far)],
      };
}

const cinema = ({ h, paperHue }: Hues, turn: number): Palette =>
  turn === 2
    ? {
        treatment: 'cinema',
        dark: false,
        paper: oklch(0.92, 0.02, paperHue),
        ink: oklch(0.24, 0.045, paperHue),
        accents: [oklch(0.56, 0.13, h), oklch(0.78, 0.12, h + 160), oklch(0.38, 0.08, paperHue)],
      }
    : {
        treatment: 'cinema',
        dark: true,
        paper: oklch(0.265, 0.055, paperHue),
        ink: oklch(0.96, 0.014, h),
        accents: [oklch(0.72, 0.14, h), oklch(0.84, 0.1, h + 170), oklch(0.47, 0.1, paperHue)],
      };

const clean = ({ h, paperHue }: Hues, turn: number): Palette =>
  turn === 2
    ? {
        treatment: 'clean',
        dark: false,
        paper: oklch(0.64, 0.205, h),
        ink: oklch(0.16, 0.03, h),
        accents: [oklch(0.96, 0.02, h), oklch(0.8, 0.14, h + 60), oklch(0.22, 0.05, h)],
      }
    : {
        treatment: 'clean',
        dark: false,
        paper: oklch(0.955, 0.014, h),
        ink: oklch(0.19, 0.03, h),
        accents: [oklch(0.63, 0.205, h), oklch(0.8, 0.135, h + 55), oklch(0.34, 0.105, paperHue)],
      };
