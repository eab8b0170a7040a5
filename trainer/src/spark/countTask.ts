import {
  countDislikes,
  countItems,
  countRising,
  countTrend,
  metTogether,
  nearPairs,
  risingYears,
  sumPairs,
  trendClock,
  type Interactions,
} from '@pocketrocket/engine';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { countedSchema } from './counted.ts';
import type { Counted } from './counted.ts';
import { pairsToTensors } from './pairTensors.ts';
import { task } from './task.ts';

/** Counts what a part of the recommender needs of the histories of some users; `merge` adds up what several such tasks counted. */
export const countTask = task(countedSchema, (settings, { histories: { interactions } }) =>
  counted(settings, interactions),
);

function counted(settings: Counted, interactions: Interactions): NamedTensors {
  const { numItems } = settings;
  const perItem = (data: Int32Array, ...more: number[]) => ({ shape: [numItems, ...more], data });
  switch (settings.part) {
    case 'popularity':
      return { counts: perItem(countItems(interactions)) };
    case 'dislikes':
      return { counts: perItem(countItems(interactions)), dislikes: perItem(countDislikes(interactions)) };
    case 'trend': {
      const clock = trendClock(settings.span);
      const { timed, untimed } = countTrend(interactions, clock);
      return { timed: perItem(timed, clock.numBins), untimed: perItem(untimed) };
    }
    case 'rising': {
      const { early, late } = countRising(interactions, risingYears(settings.latest).start, settings.median);
      return { early: perItem(early), late: perItem(late) };
    }
    case 'neighbours':
      return pairsToTensors(sumPairs(metTogether(interactions), numItems, settings.items));
    case 'ease':
      return pairsToTensors(sumPairs(metTogether(interactions, Infinity), numItems, settings.items));
    case 'coVisitation':
    case 'transitions':
      return pairsToTensors(sumPairs(nearPairs(interactions, settings.options), numItems, settings.items));
  }
}
