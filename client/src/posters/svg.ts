import { toHex, type Oklch } from './colour.ts';

/** One decimal is a quarter of a pixel at the largest poster. */
export const short = (value: number): string => String(Math.round(value * 10) / 10);

/** Path data from commands and lengths: numbers are shortened, spaces stand only between numbers. */
export function path(...parts: readonly (string | number)[]): string {
  return parts.reduce<string>((data, part) => {
    if (typeof part === 'string') return data + part;
    const number = short(part);
    return /\d$/.test(data) && !number.startsWith('-') ? `${data} ${number}` : data + number;
  }, '');
}

export const filled = (colour: Oklch, data: string, attributes = ''): string =>
  `<path fill="${toHex(colour)}" d="${data}"${attributes}/>`;

export const disc = (colour: Oklch, cx: number, cy: number, r: number): string =>
  `<circle fill="${toHex(colour)}" cx="${short(cx)}" cy="${short(cy)}" r="${short(r)}"/>`;

export const ring = (
  colour: Oklch,
  cx: number,
  cy: number,
  r: number,
  width: number,
  opacity: number,
): string =>
  `<circle fill="none" stroke="${toHex(colour)}" stroke-width="${short(width)}" stroke-opacity="${opacity}" cx="${short(cx)}" cy="${short(cy)}" r="${short(r)}"/>`;

export const rect = (x: number, y: number, width: number, height: number): string =>
  path('M', x, y, 'h', width, 'v', height, 'h', -width, 'z');
