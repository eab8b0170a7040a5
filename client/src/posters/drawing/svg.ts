import { toHex, type Oklch } from './colour.ts';

/** One decimal is a quarter of a pixel at the largest poster. From integers, which print several times faster than fractions. */
export function short(value: number): string {
  const tenths = Math.round(Math.abs(value) * 10);
  const sign = value < 0 && tenths > 0 ? '-' : '';
  const rest = tenths % 10;
  return rest === 0 ? `${sign}${tenths / 10}` : `${sign}${(tenths - rest) / 10}.${rest}`;
}

/** Path data from commands and lengths: numbers are shortened, spaces stand only between numbers. */
export function path(...parts: readonly (string | number)[]): string {
  let data = '';
  let afterNumber = false;
  for (const part of parts) {
    const isNumber = typeof part === 'number';
    const written = isNumber ? short(part) : part;
    data += afterNumber && isNumber && !written.startsWith('-') ? ` ${written}` : written;
    afterNumber = isNumber;
  }
  return data;
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
