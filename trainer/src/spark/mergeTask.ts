import {
  closestNeighbours,
  dislikeOdds,
  easeOfPairs,
  fittedToTensors,
  PairsOfParts,
  partToTensors,
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
import { checked } from './task.ts';
import type { Task, Work } from './task.ts';
import { vectorIn } from './tensorsIn.ts';

const settingsSchema = z.intersection(
  countedSchema,
  z.object({
    /** True for the finished part, with its tensors as in an artifact; else the sums, which further merges take. */
    isLast: z.boolean(),
  }),
);

type Settings = z.infer<typeof settingsSchema>;
type OfPairs = Extract<Counted, { items: unknown }> & { isLast: boolean };
type OfItems = Exclude<Counted, { items: unknown }> & { isLast: boolean };

/**
 * Adds up, as they come, what tasks counted of users who are each in one of them. Sums of whole numbers are those of one task over all
 * users; of weights they are up to the rounding of float64.
 *
 * A finished part of pairs has the rows of `items` alone, but EASE, which is solved as a whole. It needs `counts`, [numItems] of all users;
 * `rising` needs `releaseYears`, [numItems]. Both come with the start.
 */
export const mergeTask: Task = {
  prepare(given, tensors) {
    const settings: Settings = checked(settingsSchema, given);
    return 'items' in settings ? mergeOfPairs(settings, tensors) : mergeOfItems(settings, tensors);
  },
};

function mergeOfPairs(settings: OfPairs, given: NamedTensors): Work {
  const { numItems, items, isLast } = settings;
  const counts = isLast ? vectorIn(given, 'counts', '<i4', numItems) : new Int32Array(0);
  if (isLast && settings.part === 'ease') {
    const ease = easeOfPairs(counts, settings.options);
    return {
      add: (partial) => ease.add(pairsFrom(partial)),
      run: (_, onEpoch) => fittedToTensors('ease', ease.fit({ seed: 0, onEpoch })),
    };
  }
  const pairs = new PairsOfParts(numItems, items);
  const finished = (): NamedTensors => {
    switch (settings.part) {
      case 'neighbours': {
        const neighbours = closestNeighbours(pairs, counts, undefined, items);
        return partToTensors('neighbours', items[1] - items[0], { neighbours });
      }
      case 'coVisitation':
      case 'transitions':
        return fittedToTensors(settings.part, strongestTransitions(pairs, counts, settings.options, items));
      case 'ease':
        throw new RangeError('merge: ease is solved as a whole');
    }
  };
  return {
    add: (partial) => pairs.add(pairsFrom(partial)),
    run: () => (isLast ? finished() : pairsToTensors(sumPairs(pairs, numItems, items))),
  };
}

interface Sums {
  readonly shape: readonly number[];
  readonly data: Int32Array;
}

function mergeOfItems(settings: OfItems, given: NamedTensors): Work {
  let sums: Readonly<Record<string, Sums>> | undefined;
  return {
    add(partial) {
      if (sums) {
        for (const [name, { data }] of Object.entries(sums)) {
          vectorIn(partial, name, '<i4', data.length).forEach(
            (count, place) => (data[place] = (data[place] ?? 0) + count),
          );
        }
        return;
      }
      sums = Object.fromEntries(
        Object.entries(partial).map(([name, { shape }]) => [
          name,
          { shape, data: vectorIn(partial, name, '<i4') },
        ]),
      );
    },
    run() {
      if (!sums) throw new RangeError('merge: nothing to put together');
      return settings.isLast ? finishedItems(settings, sums, given) : sums;
    },
  };
}

function finishedItems(settings: OfItems, sums: NamedTensors, given: NamedTensors): NamedTensors {
  const { numItems } = settings;
  const perItem = (name: string, of = sums): Int32Array => vectorIn(of, name, '<i4', numItems);
  switch (settings.part) {
    case 'popularity':
      return partToTensors('popularity', numItems, { popularity: popularityOf(perItem('counts')) });
    case 'dislikes':
      return partToTensors('dislikes', numItems, {
        dislikes: dislikeOdds(perItem('counts'), perItem('dislikes')),
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
  }
}
