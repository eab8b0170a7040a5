import { expect, it } from '@jest/globals';
import { AppError, type Logger } from '@pocketrocket/runtime';
import { OutageLog } from './outageLog.ts';

it('an outage is one line a second, with the number of those left out', () => {
  let now = 0;
  const lines: object[] = [];
  const logger = { error: (facts: object) => void lines.push(facts) } as unknown as Logger;
  const log = new OutageLog(() => now);
  const away = new AppError('UPSTREAM_UNAVAILABLE', 'the database does not answer');
  for (; now < 3_000; now += 10) expect(log.log(logger, away, { operation: 'HomePage' })).toBe(true);
  expect(lines).toEqual(
    [0, 99, 99].map((moreBefore) => ({
      code: 'UPSTREAM_UNAVAILABLE',
      message: 'the database does not answer',
      operation: 'HomePage',
      moreBefore,
    })),
  );
  expect(log.log(logger, new Error('a bug'), {})).toBe(false);
  expect(log.log(logger, new AppError('BAD_DATA', 'another'), {})).toBe(false);
});
