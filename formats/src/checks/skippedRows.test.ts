import { describe, expect, it } from '@jest/globals';
import { FormatError } from './formatError.ts';
import { SkippedRows, type SkipPolicy, type SkippedSnapshot } from './skippedRows.ts';

function skippedOf(count: number, policy: Partial<SkipPolicy> = {}): SkippedRows {
  const skipped = new SkippedRows({ strict: false, allowSkipped: false, ...policy });
  for (let line = 2; line < 2 + count; line++) skipped.add('ratingOffScale', 'r.csv', line, '8');
  return skipped;
}

describe('rows that cannot be used', () => {
  it.each([
    [4, 10, false],
    [5, 250, false],
    [5, 249, true],
    [6, 299, true],
    [20, 1000, false],
    [21, 1000, true],
  ])('%d of %d are too many: %j', (count, numRows, isRefused) => {
    const refuse = () => skippedOf(count).refuseTooMany('r.csv', numRows);
    if (isRefused) expect(refuse).toThrow(FormatError);
    else expect(refuse).not.toThrow();
    expect(() => skippedOf(count).refuseTooMany('other.csv', numRows)).not.toThrow();
    expect(() => skippedOf(count, { allowSkipped: true }).refuseTooMany('r.csv', numRows)).not.toThrow();
    expect(() => skippedOf(count, { toleratesNothing: true }).refuseTooMany('r.csv', numRows)).toThrow();
  });

  it('are counted by rows, however many of their values are lost', () => {
    const skipped = skippedOf(0);
    for (const line of [2, 2, 3, 3, 4, 4]) skipped.add('badLink', 'r.csv', line, 'x');
    expect(() => skipped.refuseTooMany('r.csv', 4)).not.toThrow();
    for (const line of [5, 5, 6]) skipped.add('badLink', 'r.csv', line, 'x');
    expect(() => skipped.refuseTooMany('r.csv', 10)).toThrow(/^r\.csv: 5 of 10 rows \(50 %\)/);
    expect(skipped.count('badLink', 'r.csv')).toBe(9);
  });

  it('are refused with how many, where, why, and what to do', () => {
    const refuse = () =>
      skippedOf(63, { scale: 'stars' }).refuseTooMany('r.csv', 84, () => 'they are out of 10');
    expect(refuse).toThrow(
      [
        'r.csv: 63 of 84 rows (75 %) cannot be used: rating is not one of 0.5, 1, 1.5 … 5',
        '  r.csv:2 (8)',
        '  r.csv:3 (8)',
        '  r.csv:4 (8)',
        '  likely cause: they are out of 10',
        'nothing was changed; --allow-skipped takes the rest without these rows',
      ].join('\n'),
    );
  });

  it('of several kinds are counted apart, and no kind alone need be too many', () => {
    const skipped = skippedOf(4);
    for (let line = 20; line < 24; line++) skipped.add('badTime', 'r.csv', line, 'noon');
    expect(() => skipped.refuseTooMany('r.csv', 20)).not.toThrow();
    skipped.add('badTime', 'r.csv', 24, 'noon');
    expect(() => skipped.refuseTooMany('r.csv', 20)).toThrow(
      /^r\.csv: 5 of 20 rows \(25 %\) would lose a value.*\n.*--allow-skipped takes the rows without these values$/s,
    );
  });

  it('are the same after they were stored', () => {
    const stored = new SkippedRows({ strict: false, allowSkipped: false });
    stored.restore(JSON.parse(JSON.stringify(skippedOf(12).snapshot())) as SkippedSnapshot);
    expect(stored.describe()).toEqual(skippedOf(12).describe());
    expect(stored.counts()).toMatchObject({ ratingOffScale: 12, badTime: 0 });
    expect(stored.describe().at(-1)).toBe('  … and 2 more');
  });
});
