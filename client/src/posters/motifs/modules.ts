import type { Oklch } from '../drawing/colour.ts';
import { between, oneOf, type Random } from '../drawing/seed.ts';
import { filled, path, rect } from '../drawing/svg.ts';
import { boxFrom, onPaper, type Motif } from './motif.ts';

const CELL = 100;
const CELLS = 4;

/** Four by four tiles of simple shapes, one of them double size. */
export const modules: Motif = {
  ...onPaper,
  voice: 'grotesque',
  align: 'left',
  box: boxFrom(422),
  artHeight: CELL * CELLS,
  draw({ paper, ink, accents }, random) {
    const colours = [...accents, ink];
    const differing = (ground: Oklch) => {
      const apart = colours.filter(({ l }) => Math.abs(l - ground.l) >= 0.08);
      return apart[oneOf(random, apart.length)] ?? ink;
    };
    const tile = (x: number, y: number, size: number) => {
      const ground = random() < 0.42 ? paper : differing(paper);
      const front = differing(ground);
      const shape = SHAPES[oneOf(random, SHAPES.length)] ?? halves;
      return (
        (ground === paper ? '' : filled(ground, rect(x, y, size, size))) +
        shape({ x, y, size, ground, front, other: differing(ground), turn: oneOf(random, 4), random })
      );
    };

    const bigColumn = oneOf(random, CELLS - 1);
    const bigRow = oneOf(random, CELLS - 1);
    const inBig = (column: number, row: number) =>
      column >= bigColumn && column <= bigColumn + 1 && row >= bigRow && row <= bigRow + 1;
    let art = tile(bigColumn * CELL, bigRow * CELL, 2 * CELL);
    for (let row = 0; row < CELLS; row++) {
      for (let column = 0; column < CELLS; column++) {
        if (!inBig(column, row)) art += tile(column * CELL, row * CELL, CELL);
      }
    }
    return art;
  },
};

interface Tile {
  x: number;
  y: number;
  size: number;
  ground: Oklch;
  front: Oklch;
  other: Oklch;
  /** Quarter turns. */
  turn: number;
  random: Random;
}

const turned = ({ x, y, size, turn }: Tile) =>
  turn === 0 ? '' : ` transform="rotate(${turn * 90} ${x + size / 2} ${y + size / 2})"`;

const quarter = (x: number, y: number, size: number) =>
  path('M', x, y, 'h', size, 'a', size, size, 0, 0, 1, -size, size, 'z');

const leaf = (tile: Tile) => filled(tile.front, quarter(tile.x, tile.y, tile.size), turned(tile));

const arch = (tile: Tile) =>
  leaf(tile) + filled(tile.ground, quarter(tile.x, tile.y, tile.size / 2), turned(tile));

const triangle = (tile: Tile) => {
  const { x, y, size, front } = tile;
  return filled(front, path('M', x, y, 'h', size, 'l', -size, size, 'z'), turned(tile));
};

const halves = (tile: Tile) => {
  const { x, y, size, front, other } = tile;
  const half = (top: number) => path('M', x, top, 'a', size / 2, size / 2, 0, 0, 0, size, 0, 'z');
  return filled(front, half(y), turned(tile)) + filled(other, half(y + size / 2), turned(tile));
};

const eye = ({ x, y, size, front, ground, random }: Tile) => {
  const circle = (radius: number) =>
    path(
      'M',
      x + size / 2 - radius,
      y + size / 2,
      'a',
      radius,
      radius,
      0,
      1,
      0,
      2 * radius,
      0,
      'a',
      radius,
      radius,
      0,
      1,
      0,
      -2 * radius,
      0,
      'z',
    );
  return filled(front, circle(size / 2)) + filled(ground, circle(size * between(random, 0.18, 0.26)));
};

const stripes = (tile: Tile) => {
  const { x, y, size, front } = tile;
  const bars = [0, 1, 2, 3].map((bar) => rect(x + (bar * size) / 4, y, size / 8, size)).join('');
  return filled(front, bars, turned(tile));
};

const SHAPES = [leaf, leaf, halves, eye, triangle, stripes, arch];
