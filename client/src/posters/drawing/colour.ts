/** Lightness 0 to 1, chroma 0 to about 0.3, hue in degrees. */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

type Rgb = readonly [red: number, green: number, blue: number];

export const oklch = (l: number, c: number, h: number): Oklch => ({ l, c, h: ((h % 360) + 360) % 360 });

const hexOf = new WeakMap<Oklch, string>();

/** `#rrggbb` in sRGB; a colour outside its gamut loses chroma, never lightness or hue. */
export function toHex(colour: Oklch): string {
  let hex = hexOf.get(colour);
  if (hex === undefined) {
    const channels = toSrgb(colour).map((channel) => Math.round(255 * encodeGamma(channel)));
    hex = `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
    // One poster fills many shapes with few colours.
    hexOf.set(colour, hex);
  }
  return hex;
}

/** WCAG 2.2's relative luminance, 0 to 1, of the colour as it is shown: after rounding to 8 bits. */
export function relativeLuminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    decodeGamma(parseInt(hex.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2's contrast ratio, 1 to 21. */
export function contrastRatio(hex: string, otherHex: string): number {
  const [darker = 0, lighter = 0] = [hex, otherHex].map(relativeLuminance).sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Blends in OKLab, where hues do not wander through others on the way; `share` is the second colour's. */
export function mix(one: Oklch, other: Oklch, share: number): Oklch {
  const [oneA, oneB] = chromaAxes(one);
  const [otherA, otherB] = chromaAxes(other);
  const a = oneA + (otherA - oneA) * share;
  const b = oneB + (otherB - oneB) * share;
  return oklch(one.l + (other.l - one.l) * share, Math.hypot(a, b), (Math.atan2(b, a) * 180) / Math.PI);
}

/** The text colour nearest to the wanted one that reaches the contrast on its ground, found by lightness alone. */
export function readableOn(ground: Oklch, wanted: Oklch, minContrast = 4.5): Oklch {
  const groundHex = toHex(ground);
  const step = wanted.l > ground.l ? 0.02 : -0.02;
  for (let l = wanted.l; l >= 0 && l <= 1; l += step) {
    const text = { ...wanted, l };
    if (contrastRatio(toHex(text), groundHex) >= minContrast) return text;
  }
  // One of white and black reaches 4.5:1 on every colour.
  const white = oklch(1, 0, 0);
  const black = oklch(0, 0, 0);
  return contrastRatio(toHex(white), groundHex) > contrastRatio(toHex(black), groundHex) ? white : black;
}

/** The candidate whose lightness differs most from that of all the neighbours it will touch. */
export function standingOut<T extends Oklch>(
  candidates: readonly [T, ...T[]],
  neighbours: readonly Oklch[],
): T {
  const gap = (colour: Oklch) => Math.min(...neighbours.map(({ l }) => Math.abs(l - colour.l)));
  return candidates.reduce((best, candidate) => (gap(candidate) > gap(best) ? candidate : best));
}

function toSrgb(colour: Oklch): Rgb {
  const full = toLinearSrgb(colour);
  if (full.every(inGamut)) return full;
  let inside = 0;
  let outside = colour.c;
  while (outside - inside > 0.001) {
    const c = (inside + outside) / 2;
    if (toLinearSrgb({ ...colour, c }).every(inGamut)) inside = c;
    else outside = c;
  }
  return toLinearSrgb({ ...colour, c: inside });
}

const inGamut = (channel: number): boolean => channel >= -0.0005 && channel <= 1.0005;

/** OKLCH → OKLab → cone responses → linear sRGB (B. Ottosson, "A perceptual color space for image processing", 2020). */
function toLinearSrgb(colour: Oklch): Rgb {
  const [a, b] = chromaAxes(colour);
  const long = (colour.l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (colour.l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (colour.l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

function chromaAxes({ c, h }: Oklch): [a: number, b: number] {
  const angle = (h * Math.PI) / 180;
  return [c * Math.cos(angle), c * Math.sin(angle)];
}

function encodeGamma(linear: number): number {
  const clipped = Math.min(1, Math.max(0, linear));
  return clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
}

function decodeGamma(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
}
