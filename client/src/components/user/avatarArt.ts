import { oklch, toHex } from '../../posters/drawing/colour.ts';
import { oneOf, randomFrom, seedOf } from '../../posters/drawing/seed.ts';

export interface AvatarArt {
  /** `#rrggbb`, behind the shapes. */
  ground: string;
  /** On 40 × 40. */
  shapes: readonly { d: string; fill: string }[];
}

const SHAPES: readonly string[] = [
  'M0 0h40a40 40 0 0 1-40 40z',
  'M0 20a20 20 0 0 1 40 0z',
  'M20 0a20 20 0 0 1 0 40z',
  'M0 40 20 4l20 36z',
  'M8 20a12 12 0 1 0 24 0 12 12 0 1 0-24 0z',
  'M0 24h40v16H0z',
  'M40 0v40H0z',
  'M0 0h20v20H0zM20 20h20v20H20z',
];

/** Two shapes on a ground, by the user's id alone. */
export function avatarArt(userId: number): AvatarArt {
  const random = randomFrom(seedOf(`user ${userId}`));
  const hue = random() * 360;
  const back = oneOf(random, SHAPES.length);
  const front = (back + 1 + oneOf(random, SHAPES.length - 1)) % SHAPES.length;
  const [night, day] = [oklch(0.34, 0.11, hue), oklch(0.82, 0.12, hue + 60)];
  const turned = random() < 0.5;
  return {
    ground: toHex(turned ? day : night),
    shapes: [
      { d: SHAPES[back] ?? '', fill: toHex(turned ? night : day) },
      { d: SHAPES[front] ?? '', fill: toHex(oklch(0.62, 0.17, hue + (random() < 0.5 ? 150 : -60))) },
    ],
  };
}
