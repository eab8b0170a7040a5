import { expect, it } from '@jest/globals';
import { TimeTally } from './guessTimes.ts';
import type { TimeUnit } from '../values/times.ts';

it.each<[string, number, TimeUnit | null, RegExp]>([
  ['1602592000000', 0, null, /in milliseconds, such as 1602592000000; read them with --time-unit ms$/],
  ['1602592000000', 9, 's', /^3 times are in milliseconds.* and 9 are not; --time-unit ms reads both$/],
  ['1602592000000000', 0, null, /microseconds or finer/],
  ['10/13/2020', 0, null, /YYYY-MM-DD.*10\/13\/2020 is neither/],
  ['1602592000', 0, 'iso', /leave out --time-unit iso/],
  ['4102444800', 0, null, /no Unix time of the years 1970 to 2038/],
  ['2099-01-01', 0, null, /^2099-01-01 is no time of the years 1970 to 2038/],
  ['-5', 0, null, /no Unix time of the years 1970 to 2038/],
  ['1.6E+09', 0, null, /shortened by a spreadsheet/],
  ['20201013123015', 0, 'ms', /leave out --time-unit ms/],
  ['lunch', 0, null, /lunch is no time/],
])('says why %j was not read', (text, numRead, unit, cause) => {
  const tally = new TimeTally();
  for (let index = 0; index < 3; index++) tally.addUnread(text);
  tally.addUnread('noon, once');
  tally.numRead = numRead;
  expect(tally.cause(unit)).toMatch(cause);
});

it.each([
  [[44_117, 44_118, 44_119, 44_120, 44_121], /^times such as 44121 are days.*YYYY-MM-DD/],
  [[1994, 2001, 2020, 2021, 1999], /^times such as 1999 are years/],
  [[20201013, 20201014, 19991231, 20210101, 20200229], /^times such as 20200229 are dates.*--time-unit iso/],
  [[20000000, 20000001, 20000101, 20000102, 20000103], null],
  [[44_117, 44_118, 44_119, 44_120], null],
  [[44_117, 44_118, 44_119, 44_120, 44_121, 0], null],
  [[1, 2, 3, 4, 5, 6], null],
] as const)('doubts that %j are seconds: %s', (times, doubt) => {
  const tally = new TimeTally();
  for (const time of times) tally.addEarly(time);
  tally.numRead = times.length;
  if (doubt) expect(tally.doubt()).toMatch(doubt);
  else expect(tally.doubt()).toBeNull();
});

it('has nothing to say of times that were read', () => expect(new TimeTally().cause(null)).toBeNull());
