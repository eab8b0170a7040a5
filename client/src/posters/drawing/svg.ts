import { toHex, type Oklch } from './colour.ts';

/**
 * Formats a length with one decimal, a quarter of a pixel at the largest poster. Prints integers, which is
 * several times faster than printing fractions.
 */
export function formatTenths(value: number): string {
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
    const written = isNumber ? formatTenths(part) : part;
    data += afterNumber && isNumber && !written.startsWith('-') ? ` ${written}` : written;
    afterNumber = isNumber;
  }
  return data;
}

export const filled = (colour: Oklch, data: string, attributes = ''): string =>
  `<path fill="${toHex(colour)}" d="${data}"${attributes}/>`;

export const disc = (colour: Oklch, cx: number, cy: number, r: number): string =>
  `<circle fill="${toHex(colour)}" cx="${formatTenths(cx)}" cy="${formatTenths(cy)}" r="${formatTenths(r)}"/>`;

export const ring = (
  colour: Oklch,
  cx: number,
  cy: number,
  r: number,
  width: number,
  opacity: number,
): string =>
  `<circle fill="none" stroke="${toHex(colour)}" stroke-width="${formatTenths(width)}" stroke-opacity="${opacity}" cx="${formatTenths(cx)}" cy="${formatTenths(cy)}" r="${formatTenths(r)}"/>`;

export const rect = (x: number, y: number, width: number, height: number): string =>
  path('M', x, y, 'h', width, 'v', height, 'h', -width, 'z');
