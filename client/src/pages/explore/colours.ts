/** Hues far apart, in OKLCH degrees; of a lightness that stands out on light and on dark surfaces. */
const HUES = [258, 88, 28, 182, 348, 138, 300, 58, 218] as const;

const LIGHTNESS = 0.57;
const CHROMA = 0.15;

/** The colour of a genre's index as CSS; films of no coloured genre are grey. */
export const genreCss = (index: number): string => {
  const hue = HUES[index];
  return hue === undefined ? `oklch(${LIGHTNESS} 0 0)` : `oklch(${LIGHTNESS} ${CHROMA} ${hue})`;
};

/** The same as sRGB, each 0 to 1. */
export function genreRgb(index: number): [number, number, number] {
  const hue = HUES[index];
  return oklchToRgb(LIGHTNESS, hue === undefined ? 0 : CHROMA, hue ?? 0);
}

/** Björn Ottosson's OKLab, https://bottosson.github.io/posts/oklab/; what sRGB cannot show is cut off. */
export function oklchToRgb(lightness: number, chroma: number, hue: number): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toSrgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toSrgb(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toSrgb(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function toSrgb(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.min(1, Math.max(0, value));
}
