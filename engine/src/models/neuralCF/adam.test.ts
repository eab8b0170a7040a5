import { describe, expect, it } from '@jest/globals';
import { adamTable } from './adam.ts';

describe('adamTable', () => {
  it("takes Adam's first two steps on a touched row", () => {
    const table = adamTable(Float32Array.of(1, 1, 1, 1), 2);
    const push = (slope: number): void => {
      table.gradient[2] = slope;
      table.touch(1);
      table.touch(1);
      table.step(0.1);
    };
    // The first step has length α whatever the gradient: m̂ / √v̂ = ±1.
    push(4);
    expect(table.values[2]).toBeCloseTo(0.9, 5);
    // m̂ = (.9·.1·4 + .1·(−2)) / (1 − .81) = .16 / .19, v̂ = (.999·.001·16 + .001·4) / (1 − .998001) = .019984 / .001999.
    push(-2);
    expect(table.values[2]).toBeCloseTo(0.9 - (0.1 * (0.16 / 0.19)) / Math.sqrt(0.019984 / 0.001999), 5);
    expect([...table.values.filter((_, i) => i !== 2)]).toEqual([1, 1, 1]);
  });

  it('leaves an untouched row alone', () => {
    const table = adamTable(Float32Array.of(1, 2), 1);
    table.touch(0);
    table.gradient[0] = 1;
    table.step(0.5);
    expect(table.values[1]).toBe(2);
  });
});
