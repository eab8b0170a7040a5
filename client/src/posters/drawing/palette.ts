import { oklch, type Oklch } from './colour.ts';
import { randomIndex, type Random } from './seed.ts';

/** A decade's colour scheme: cream, warm, brown earth, neon night, one flood of colour, cinema dark, near-white. */
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

const HUE_SPREAD = 44;
/** Added to the genre's hue: near it most often, across the circle now and then. */
const HUE_STEPS = [0, 0, 38, -42, 84, -88, 165] as const;
const UNDATED_YEAR = 2000;

/** The genre gives where the hue begins, the decade the treatment, the film's own stream the rest. */
export function paletteFor(genreHue: number, year: number | null | undefined, random: Random): Palette {
  const step = HUE_STEPS[randomIndex(random, HUE_STEPS.length)] ?? 0;
  const h = oklch(0, 0, genreHue + step + (random() - 0.5) * HUE_SPREAD).h;
  const far = h + (random() < 0.5 ? 150 : -140);
  const paperHue = h > BROWN_HUES.from && h < BROWN_HUES.to ? h + 165 : h;
  const palette = paletteOfYear(year ?? UNDATED_YEAR, { h, far, paperHue }, random);
  const [first, second, third] = palette.accents;
  return random() < 0.5 ? { ...palette, accents: [second, first, third] } : palette;
}

interface Hues {
  readonly h: number;
  readonly far: number;
  readonly paperHue: number;
}

/** A scheme on paper that it makes of the hues. */
type Scheme = (hues: Hues) => Omit<Palette, 'treatment'>;

function paletteOfYear(year: number, hues: Hues, random: Random): Palette {
  const treatment = treatmentOf(year);
  const schemes = SCHEMES[treatment];
  const scheme = schemes[randomIndex(random, schemes.length)] ?? schemes[0];
  return { treatment, ...scheme(hues) };
}

function treatmentOf(year: number): Treatment {
  if (year < 1950) return 'cream';
  if (year < 1970) return 'warm';
  if (year < 1980) return 'earth';
  if (year < 1990) return 'neon';
  if (year < 2000) return 'flood';
  return year < 2010 ? 'cinema' : 'clean';
}

const onLight = (paper: Oklch, ink: Oklch, ...accents: Palette['accents']): Omit<Palette, 'treatment'> => ({
  dark: false,
  paper,
  ink,
  accents,
});

const onDark = (paper: Oklch, ink: Oklch, ...accents: Palette['accents']): Omit<Palette, 'treatment'> => ({
  dark: true,
  paper,
  ink,
  accents,
});

const SCHEMES: Readonly<Record<Treatment, readonly [Scheme, ...Scheme[]]>> = {
  cream: [
    ({ h }) =>
      onLight(
        oklch(0.925, 0.028, 82),
        oklch(0.215, 0.025, h),
        oklch(0.5, 0.15, h),
        oklch(0.23, 0.03, h),
        oklch(0.72, 0.07, h + 30),
      ),
    ({ h }) =>
      onLight(
        oklch(0.79, 0.065, h),
        oklch(0.2, 0.03, h),
        oklch(0.42, 0.14, h),
        oklch(0.24, 0.03, h),
        oklch(0.94, 0.03, 82),
      ),
    ({ h, far, paperHue }) =>
      onDark(
        oklch(0.27, 0.045, paperHue),
        oklch(0.94, 0.03, 82),
        oklch(0.63, 0.13, h),
        oklch(0.88, 0.05, 82),
        oklch(0.43, 0.09, far),
      ),
  ],
  warm: [
    ({ h, far }) =>
      onLight(
        oklch(0.905, 0.045, 88),
        oklch(0.25, 0.045, h),
        oklch(0.59, 0.165, h),
        oklch(0.785, 0.135, 82),
        oklch(0.46, 0.09, far),
      ),
    ({ h, far }) =>
      onLight(
        oklch(0.72, 0.13, h),
        oklch(0.22, 0.045, h),
        oklch(0.92, 0.06, 88),
        oklch(0.46, 0.12, far),
        oklch(0.31, 0.06, h),
      ),
    ({ h, far, paperHue }) =>
      onDark(
        oklch(0.33, 0.085, paperHue),
        oklch(0.95, 0.035, 88),
        oklch(0.63, 0.17, h),
        oklch(0.82, 0.13, 82),
        oklch(0.48, 0.1, far),
      ),
  ],
  earth: [
    ({ h }) =>
      onDark(
        oklch(0.3, 0.045, 48),
        oklch(0.93, 0.045, 85),
        oklch(0.66, 0.165, h * 0.35 + 28),
        oklch(0.79, 0.135, 78),
        oklch(0.53, 0.115, h),
      ),
    ({ h, far }) =>
      onLight(
        oklch(0.85, 0.07, 75),
        oklch(0.25, 0.04, 48),
        oklch(0.6, 0.15, h * 0.35 + 28),
        oklch(0.42, 0.1, h),
        oklch(0.73, 0.12, far),
      ),
    ({ h, far, paperHue }) =>
      onDark(
        oklch(0.4, 0.09, paperHue),
        oklch(0.95, 0.04, 85),
        oklch(0.7, 0.15, h * 0.35 + 28),
        oklch(0.84, 0.12, 78),
        oklch(0.55, 0.1, far),
      ),
  ],
  neon: [
    ({ h }) =>
      onDark(
        oklch(0.205, 0.075, 285),
        oklch(0.97, 0.02, 300),
        oklch(0.71, 0.2, h),
        oklch(0.82, 0.14, 198),
        oklch(0.6, 0.24, 345),
      ),
    ({ h, paperHue, far }) =>
      onDark(
        oklch(0.31, 0.13, paperHue),
        oklch(0.97, 0.02, h),
        oklch(0.75, 0.18, far),
        oklch(0.88, 0.13, 198),
        oklch(0.58, 0.22, h),
      ),
    ({ h }) =>
      onLight(
        oklch(0.69, 0.19, h),
        oklch(0.17, 0.06, 285),
        oklch(0.91, 0.1, 198),
        oklch(0.3, 0.13, 285),
        oklch(0.52, 0.22, 345),
      ),
  ],
  flood: [
    ({ h, far, paperHue }) =>
      onDark(
        oklch(0.44, 0.15, paperHue),
        oklch(0.98, 0.012, h),
        oklch(0.86, 0.145, h + 70),
        oklch(0.27, 0.09, paperHue),
        oklch(0.72, 0.16, far),
      ),
    ({ h, far, paperHue }) =>
      onLight(
        oklch(0.86, 0.12, h + 40),
        oklch(0.22, 0.06, paperHue),
        oklch(0.5, 0.19, h),
        oklch(0.3, 0.1, paperHue),
        oklch(0.66, 0.17, far),
      ),
    ({ h, far, paperHue }) =>
      onDark(
        oklch(0.29, 0.1, paperHue),
        oklch(0.98, 0.012, h),
        oklch(0.7, 0.19, h),
        oklch(0.87, 0.13, h + 60),
        oklch(0.54, 0.16, far),
      ),
    ({ h, far, paperHue }) =>
      onLight(
        oklch(0.71, 0.16, far),
        oklch(0.2, 0.05, paperHue),
        oklch(0.94, 0.06, h + 60),
        oklch(0.5, 0.18, h),
        oklch(0.29, 0.08, paperHue),
      ),
  ],
  cinema: [
    ({ h, paperHue }) =>
      onDark(
        oklch(0.265, 0.055, paperHue),
        oklch(0.96, 0.014, h),
        oklch(0.72, 0.14, h),
        oklch(0.84, 0.1, h + 170),
        oklch(0.47, 0.1, paperHue),
      ),
    ({ h, paperHue }) =>
      onLight(
        oklch(0.92, 0.02, paperHue),
        oklch(0.24, 0.045, paperHue),
        oklch(0.56, 0.13, h),
        oklch(0.78, 0.12, h + 160),
        oklch(0.38, 0.08, paperHue),
      ),
    ({ h, far, paperHue }) =>
      onDark(
        oklch(0.46, 0.11, paperHue),
        oklch(0.98, 0.012, h),
        oklch(0.82, 0.12, far),
        oklch(0.65, 0.13, h),
        oklch(0.29, 0.07, paperHue),
      ),
    ({ h, far, paperHue }) =>
      onLight(
        oklch(0.77, 0.08, h),
        oklch(0.2, 0.04, paperHue),
        oklch(0.43, 0.13, far),
        oklch(0.94, 0.03, h),
        oklch(0.6, 0.14, h + 40),
      ),
  ],
  clean: [
    ({ h, paperHue }) =>
      onLight(
        oklch(0.955, 0.014, h),
        oklch(0.19, 0.03, h),
        oklch(0.63, 0.205, h),
        oklch(0.8, 0.135, h + 55),
        oklch(0.34, 0.105, paperHue),
      ),
    ({ h }) =>
      onLight(
        oklch(0.64, 0.205, h),
        oklch(0.16, 0.03, h),
        oklch(0.96, 0.02, h),
        oklch(0.8, 0.14, h + 60),
        oklch(0.22, 0.05, h),
      ),
    ({ h, far, paperHue }) =>
      onDark(
        oklch(0.22, 0.03, paperHue),
        oklch(0.97, 0.01, h),
        oklch(0.7, 0.19, h),
        oklch(0.87, 0.12, h + 55),
        oklch(0.47, 0.12, far),
      ),
    ({ h, far, paperHue }) =>
      onLight(
        oklch(0.84, 0.1, far),
        oklch(0.2, 0.04, paperHue),
        oklch(0.58, 0.19, h),
        oklch(0.96, 0.02, h),
        oklch(0.31, 0.08, paperHue),
      ),
  ],
};
