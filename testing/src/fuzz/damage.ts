import type { Draws } from './random.ts';

const INSERTED = [
  '{',
  '}',
  '(',
  ')',
  '"',
  '$',
  '...',
  '@skip',
  '!',
  ':',
  '#',
  '\u0000',
  'constructor',
  '99e999',
  '"""',
  'on',
];

/** A document with a few places of it taken out, doubled or replaced. */
export function damaged(source: string, draws: Draws): string {
  let text = source;
  for (let count = 1 + draws.below(3); count > 0; count--) {
    const at = draws.below(text.length + 1);
    const length = draws.below(12);
    const cut = text.slice(at, at + length);
    const put = draws.of([draws.of(INSERTED), cut + cut, '', ` ${draws.of(INSERTED)} `]);
    text = text.slice(0, at) + put + text.slice(at + length);
  }
  return text;
}
