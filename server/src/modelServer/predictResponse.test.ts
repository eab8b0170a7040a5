import { expect, it } from '@jest/globals';
import { decimal } from './predictResponse.ts';

const { fround } = Math;

// Expected texts follow the rules in the comments of tensorflow/serving's util/json_tensor.cc.
it.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [1, '1.0'],
  [0.5, '0.5'],
  [fround(0.2), '0.2'],
  [fround(0.1), '0.1'],
  [fround(0.0999999), '0.0999999'],
  [fround(0.0999999939), '0.099999994'],
  [fround(0.000123456), '0.000123456'],
  [fround(0.00045678912), '0.00045678913'],
  [fround(1 / 3), '0.333333343'],
  [fround(0.00003), '3e-05'],
  [9_000_000, '9e+06'],
  [fround(1.234567e-7), '1.23456701e-07'],
  [16_777_215, '16777215.0'],
  [Number.NaN, 'NaN'],
  [-Infinity, '-Infinity'],
])('writes %d as %s', (value, text) => {
  expect(decimal(value)).toBe(text);
});

it('writes every number so that it is read back', () => {
  for (let exponent = -60; exponent < 60; exponent++) {
    const value = fround(1.618033988749 * 2 ** exponent);
    expect(fround(Number(decimal(value)))).toBe(value);
  }
});
