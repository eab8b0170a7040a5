import type { Extent, MapFilm } from './movieMap.ts';

/** The map's zoom and movement: a place of the whole map in pixels becomes `place · k + (x, y)`. */
export interface Transform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The way from the map's places to the screen, in CSS pixels: `place · scale + offset`; upwards is larger y. */
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

const CHARACTER_WIDTH = 6.6;
const MOST_LABEL_WIDTH = 176;
const LABEL_HEIGHT = 20;
/** Films that may be named while the whole map is shown; more with each step closer. */
const NAMED_AT_WHOLE = 120;

/** Chooses the films to be named: the most rated in view, as many as stand clear of each other. The first film is always named. */
export function chooseLabels(
  films: readonly MapFilm[],
  projection: Projection,
  { size, zoom, most }: { size: Size; zoom: number; most: number },
): Label[] {
  const labels: (Label & { right: number })[] = [];
  const considered = Math.min(films.length, NAMED_AT_WHOLE * zoom ** 2);
  for (let index = 0; index < considered && labels.length < most; index++) {
    const film = films[index];
    if (!film) break;
    const [left, top] = onScreen(film, projection);
    const right = left + 8 + Math.min(MOST_LABEL_WIDTH, film.title.length * CHARACTER_WIDTH);
    if (left < 4 || right > size.width - 4 || top < 14 || top > size.height - 14) continue;
    const isFree = labels.every(
      (one) => Math.abs(one.top - top) >= LABEL_HEIGHT || one.left > right + 6 || left > one.right + 6,
    );
    if (isFree) labels.push({ film, left, top, right });
  }
  return labels;
}
