import { describe, expect, it } from '@jest/globals';
import { groupByUser } from '../data/interactions.ts';
import type { Interactions } from '../data/interactions.ts';
import type { EpochProgress, FitContext } from '../models/fitting.ts';

/** The parts of a fitted model that the contract checks. */
export interface FittedModel {
  /** All that was learned, for comparison byte by byte. */
  readonly learned: readonly Float32Array[];
  /** A score per item for one user, [numItems]; higher is better. */
  scoreAll(userIndex: number): Float32Array;
}

export interface ModelUnderTest {
  readonly name: string;
  readonly fit: (interactions: Interactions, context: FitContext) => FittedModel;
  /** A fit whose loss leaves the finite numbers. */
  readonly fitDiverging: (interactions: Interactions, context: FitContext) => FittedModel;
  /** Solved in one step, without random numbers: every seed gives the same bytes, and there is one epoch. */
  readonly isClosedForm?: boolean;
}

/** Interactions from one list of items per user, oldest first, all at four stars. */
export function interactionsOf(histories: readonly (readonly number[])[], numItems: number): Interactions {
  const userIndices = histories.flatMap((items, userIndex) => items.map(() => userIndex));
  return groupByUser(
    {
      userIndices: Int32Array.from(userIndices),
      itemIndices: Int32Array.from(histories.flat()),
      ratings: new Float32Array(userIndices.length).fill(4),
      timestamps: Float64Array.from(histories.flatMap((items) => items.map((_, time) => time))),
    },
    histories.length,
    numItems,
  );
}

/**
 * A size × size board on which even users know the even items and odd users the odd ones, except that user u does not
 * know item u. What u should be offered first is then provably u: alone of the unknown ones it has u's colour.
 */
export function checkerboard(size: number): Interactions {
  const all = Array.from({ length: size }, (_, index) => index);
  return interactionsOf(
    all.map((user) => all.filter((item) => item !== user && (item - user) % 2 === 0)),
    size,
  );
}

/** Tests the contract of every learned model; called once from each model's test. */
export function describeModelContract({ name, fit, fitDiverging, isClosedForm }: ModelUnderTest): void {
  describe(`${name} keeps the contract of a model`, () => {
    const board = checkerboard(12);

    it('learns the same bytes from the same seed, and others from another unless it is in closed form', () => {
      const first = fit(board, { seed: 3 });
      expect(fit(board, { seed: 3 }).learned).toEqual(first.learned);
      if (isClosedForm) expect(fit(board, { seed: 4 }).learned).toEqual(first.learned);
      else expect(fit(board, { seed: 4 }).learned).not.toEqual(first.learned);
    });

    it('offers every user of a checkerboard the held-out diagonal', () => {
      const model = fit(board, { seed: 5 });
      for (let userIndex = 0; userIndex < board.numUsers; userIndex++) {
        const scores = model.scoreAll(userIndex);
        const [from, to] = [board.userOffsets[userIndex], board.userOffsets[userIndex + 1]];
        for (const known of board.itemIndices.subarray(from, to)) scores[known] = -Infinity;
        expect(scores.indexOf(Math.max(...scores))).toBe(userIndex);
      }
    });

    it('reports every epoch in order, with a loss that falls', () => {
      const seen: EpochProgress[] = [];
      fit(board, { seed: 6, onEpoch: (progress) => seen.push(progress) });
      expect(seen.map(({ epoch }) => epoch)).toEqual(seen.map((_, index) => index + 1));
      expect(seen.at(-1)?.epoch).toBe(seen[0].epochs);
      if (isClosedForm) expect(seen).toHaveLength(1);
      else expect(seen.at(-1)?.loss).toBeLessThan(0.9 * seen[0].loss);
    });

    it('stops when its listener throws', () => {
      const onEpoch = (): void => {
        throw new Error('enough');
      };
      expect(() => fit(board, { seed: 1, onEpoch })).toThrow('enough');
    });

    it('names the epoch in which the loss is no longer finite', () => {
      expect(() => fitDiverging(board, { seed: 1 })).toThrow(/not finite in epoch \d+ of \d+/);
    });

    it('refuses data without interactions', () => {
      expect(() => fit(interactionsOf([[], []], 5), { seed: 1 })).toThrow(name);
      expect(() => fit(interactionsOf([], 0), { seed: 1 })).toThrow(name);
    });

    it('fits a single user', () => {
      const scores = fit(interactionsOf([[0, 1, 2]], 5), { seed: 1 }).scoreAll(0);
      expect(scores).toHaveLength(5);
      expect(scores.every(Number.isFinite)).toBe(true);
    });
  });
}
