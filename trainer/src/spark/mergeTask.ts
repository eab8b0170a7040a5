import {
  closestNeighbours,
  dislikeShares,
  fitEASEOfPairs,
  fittedToTensors,
  partToTensors,
  pairsOfParts,
  popularityOf,
  risingScores,
  risingYears,
  smoothedTrend,
  strongestTransitions,
  sumPairs,
  trendClock,
} from '@pocketrocket/engine';
import { z } from 'zod';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { countedSchema } from './counted.ts';
import type { Counted } from './counted.ts';
import { pairsFrom, pairsToTensors } from './pairTensors.ts';
import { task } from './task.ts';
import { vectorIn } from './tensorsIn.ts';

const settingsSchema = z.intersection(
  countedSchema,
  z.object({
    /** True for the finished part, with its tensors as in an artifact; else the sums, which further merges take. */
    isLast: z.boolean(),
  }),
);

/**
 * Adds up what tasks counted of users who are each in one of them. Sums of whole numbers are those of one task over all users; of weights they
 * are up to the rounding of float64.
 *
 * Rows out of `items` are empty in a finished part. For it, of pairs, `counts` ([numItems] of all users) comes with the start, for `rising` the `releaseYears`, [numItems].
 */
export const mergeTask = task(settingsSchema, ({ isLast, ...settings }, { tensors, partials }) => {
  const sums = 'items' in settings ? mergedPairs(settings, partials) : mergedCounts(partials);
  return isLast ? finished(settings, sums, tensors) : sums;
});

function mergedPairs(
  { numItems, items }: { numItems: number; items: [number, number] },
  partials: readonly NamedTensors[],
): NamedTensors {
  return pairsToTensors(sumPairs(pairsOfParts(partials.map(pairsFrom)), numItems, items));
}

function mergedCounts(partials: readonly NamedTensors[]): NamedTensors {
  const [first, ...others] = partials;
  if (!first) throw new RangeError('merge: nothing to put together');
  return Object.fromEntries(
    Object.entries(first).map(([name, { shape, data }]) => {
      const sums = vectorIn(first, name, '<i4').slice();
      for (const other of others) {
        vectorIn(other, name, '<i4', data.length).forEach(
          (count, place) => (sums[place] = (sums[place] ?? 0) + count),
        );
      }
      return [name, { shape, data: sums }];
    }),
  );
}

function finished(settings: Counted, sums: NamedTensors, given: NamedTensors): NamedTensors {
  const { numItems } = settings;
  const perItem = (name: string, of = sums): Int32Array => vectorIn(of, name, '<i4', numItems);
  switch (settings.part) {
    case 'popularity':
      return partToTensors('popularity', numItems, { popularity: popularityOf(perItem('counts')) });
    case 'dislikes':
      return partToTensors('dislikes', numItems, {
        dislikes: dislikeShares(perItem('counts'), perItem('dislikes')),
      });
    case 'trend': {
      const clock = trendClock(settings.span);
      const timed = vectorIn(sums, 'timed', '<i4', numItems * clock.numBins);
      return partToTensors('trend', numItems, {
        trend: smoothedTrend({ timed, untimed: perItem('untimed') }, clock),
      });
    }
    case 'rising': {
      const counts = { early: perItem('early'), late: perItem('late') };
      const { lastYear } = risingYears(settings.latest);
      return partToTensors('rising', numItems, {
        rising: risingScores(counts, perItem('releaseYears', given), lastYear),
      });
    }
    case 'neighbours':
      return partToTensors('neighbours', numItems, {
        neighbours: closestNeighbours(pairsOfParts([pairsFrom(sums)]), perItem('counts', given)),
      });
    case 'ease': {
      const pairs = pairsOfParts([pairsFrom(sums)]);
      return fittedToTensors(
        'ease',
        fitEASEOfPairs(pairs, perItem('counts', given), settings.options, { seed: 0 }),
      );
    }
    case 'coVisitation':
    case 'transitions':
      return fittedToTensors(
        settings.part,
        strongestTransitions(pairsOfParts([pairsFrom(sums)]), perItem('counts', given), settings.options),
      );
  }
}
