import { expect, it } from '@jest/globals';
import { TimeTally } from './guessTimes.ts';
import type { TimeUnit } from '../values/times.ts';

it.each<[string, number, TimeUnit | null, RegExp]>([
  ['1602592000000', 0, null, /in milliseconds, such as 1602592000000; read them with --time-unit ms$/],
  ['1602592000000', 9, 's', /^3 times are in milliseconds.* and 9 are not; --time-unit ms reads both$/],
  ['1602592000000000', 0, null, /in microseconds, .*; read them with --time-unit us$/],
  ['1602592000000000', 0, 'ms', /in microseconds, .*; read them with --time-unit us$/],
  ['1602592000123456789', 0, null, /in nanoseconds, .*; read them with --time-unit ns$/],
  ['132470656000000000', 0, null, /of no unit that is read/],
  ['10/13/2020', 0, null, /month first, such as 10\/13\/2020; read them with --time-unit mdy$/],
  ['13-10-2020', 0, 'mdy', /day first, such as 13-10-2020; read them with --time-unit dmy$/],
  ['10/11/2020', 0, null, /--time-unit dmy where it comes first, with --time-unit mdy where the month does$/],
  ['1602592000', 0, 'days', /times are numbers, .*; leave out --time-unit days$/],
  ['44117.5', 0, 'iso', /are days, .*; read them with --time-unit days$/],
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
  [[44_117, 44_118, 44_119, 44_120, 44_121], /^times such as 44121 are days.*--time-unit days$/],
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

it('doubts years beside times that are seconds', () => {
  const tally = new TimeTally();
  for (const year of [1994, 2001, 2020, 2021, 1999]) tally.addEarly(year);
  tally.numRead = 100;
  expect(tally.doubt()).toMatch(/are years/);
  tally.numRead = 1000;
  expect(tally.doubt()).toBeNull();
});

it('names both orders of dates where both occur', () => {
  const tally = new TimeTally();
  for (const date of ['10/13/2020', '13/10/2020', '10/11/2020']) tally.addUnread(date);
  expect(tally.cause(null)).toMatch(/day first, such as 13\/10\/2020, now the month, such as 10\/13\/2020/);
});

it.each([
  [[0, 0, 0, 0, 0, 0], /^6 times are 0, .* leave these cells empty$/],
  [[16_233, 16_234, 16_235, 16_236, 16_237], /^5 times are seconds of the first months of 1970/],
  [[0, 1, 2, 3], null],
] as const)('tells what may be wrong of %j', (times, note) => {
  const tally = new TimeTally();
  for (const time of times) tally.addEarly(time);
  tally.numRead = times.length;
  if (note) expect(tally.note()).toMatch(note);
  else expect(tally.note()).toBeNull();
});

it('has nothing to say of times that were read', () => expect(new TimeTally().cause(null)).toBeNull());
