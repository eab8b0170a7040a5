import type { Extent, MapFilm } from './movieMap.ts';

/** How far the map is zoomed and moved: a place of the whole map in pixels becomes `place · k + (x, y)`. */
export interface Transform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the map's places are on the screen, in CSS pixels: `place · scale + offset`; upwards is larger y. */
export interface Projection {
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

const PADDING = 28;

/** Fits the whole map into the room, then applies zoom and movement. */
export function project(extent: Extent, { width, height }: Size, { k, x, y }: Transform): Projection {
  const spanX = extent.maxX - extent.minX || 1;
  const spanY = extent.maxY - extent.minY || 1;
  const room = (length: number) => Math.max(1, length - 2 * PADDING);
  const fit = Math.min(room(width) / spanX, room(height) / spanY);
  const baseX = width / 2 - (fit * (extent.minX + extent.maxX)) / 2;
  const baseY = height / 2 + (fit * (extent.minY + extent.maxY)) / 2;
  return { scale: fit * k, offsetX: baseX * k + x, offsetY: baseY * k + y };
}

export const onScreen = (
  { x, y }: Pick<MapFilm, 'x' | 'y'>,
  { scale, offsetX, offsetY }: Projection,
): [number, number] => [x * scale + offsetX, -y * scale + offsetY];

export const onMap = (
  [left, top]: readonly [number, number],
  { scale, offsetX, offsetY }: Projection,
): [number, number] => [(left - offsetX) / scale, (offsetY - top) / scale];

export function isInView(film: MapFilm, projection: Projection, { width, height }: Size): boolean {
  const [left, top] = onScreen(film, projection);
  return left >= 0 && left <= width && top >= 0 && top <= height;
}

/** A label of a film, in CSS pixels. */
export interface Label {
  readonly film: MapFilm;
  readonly left: number;
  readonly top: number;
}

/** The room of a label: wide enough for most titles at its size. */
const LABEL_WIDTH = 132;
const LABEL_HEIGHT = 26;

/** Chooses the films to be named: the most rated in view, as many as stand clear of each other. */
export function chooseLabels(
  films: readonly MapFilm[],
  projection: Projection,
  size: Size,
  most: number,
): Label[] {
  const taken = new Set<number>();
  const columns = Math.ceil(size.width / LABEL_WIDTH) + 2;
  const labels: Label[] = [];
  for (const film of films) {
    const [left, top] = onScreen(film, projection);
    if (left < 8 || left > size.width - LABEL_WIDTH * 0.75 || top < 16 || top > size.height - 16) continue;
    // A label takes its cell, and keeps the ones beside it free.
    const cell = Math.floor(top / LABEL_HEIGHT) * columns + Math.floor(left / LABEL_WIDTH);
    const around = [cell, cell - 1, cell + 1, cell - columns, cell + columns];
    if (around.some((one) => taken.has(one))) continue;
    taken.add(cell);
    labels.push({ film, left, top });
    if (labels.length === most) break;
  }
  return labels;
}
