import {
  fullCatalogueCases,
  randomAfter,
  usersOfRows,
  withSampledNegatives,
  type Interactions,
} from '@pocketrocket/engine';
import type { Cases } from './heldOut.ts';

/** Draws of negatives for users, each alone as if those before had been asked. */
export interface SampledNegatives {
  /** Of each user. */
  readonly count: number;
  readonly seed: number;
  /** [cases] how many were drawn for the users before. */
  readonly firstDraws: ArrayLike<number>;
}

/**
 * The cases of users with held-out ratings, ascending by user.
 * @param histories of the same users, without what was held out
 * @param negatives null where held-out items are ranked against the whole catalogue
 */
export function casesOf(
  histories: Interactions,
  heldOut: Interactions,
  negatives: SampledNegatives | null,
): Cases {
  const asked = fullCatalogueCases({ ...heldOut, userIndices: usersOfRows(heldOut) });
  const cases = negatives
    ? asked.flatMap((one, place) => {
        const random = randomAfter(negatives.seed, negatives.firstDraws[place] ?? 0);
        return withSampledNegatives([one], histories, negatives.count, random);
      })
    : asked;
  const isTimed = Uint8Array.from(cases, ({ userIndex }) =>
    Number([histories, heldOut].every((some) => isKnownThroughout(some, userIndex))),
  );
  return { cases, isTimed, histories };
}

/** Counts the negatives that are drawn for a user who has seen so many items, held-out ones among them. */
export function numDrawn(numItems: number, numSeen: number, count: number): number {
  return Math.min(count, numItems - numSeen);
}

function isKnownThroughout({ userOffsets, timestamps }: Interactions, userIndex: number): boolean {
  return !timestamps.subarray(userOffsets[userIndex], userOffsets[userIndex + 1]).some(Number.isNaN);
}
