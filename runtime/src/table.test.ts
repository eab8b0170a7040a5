import { expect, it } from '@jest/globals';
import { formatTable } from './table.ts';

it('aligns numbers to the right and words to the left, under a rule', () => {
  const rows = [
    ['Heat', '6', '0.91', 'Ronin'],
    ['Up', '68954', '0.9', ''],
  ];
  expect(formatTable(['movie', 'id', 'score', 'because of'], rows)).toBe(
    [
      'movie     id  score  because of',
      '─────  ─────  ─────  ──────────',
      'Heat       6   0.91  Ronin',
      'Up     68954    0.9',
      '',
    ].join('\n'),
  );
});
