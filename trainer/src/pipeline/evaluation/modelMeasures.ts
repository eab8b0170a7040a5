import { bootstrapInterval, seededRandom, type IntervalEstimate } from '@pocketrocket/engine';
import { LISTED, LISTED_TIMED, SAMPLED_MEASURES } from '../answers/userMeasures.ts';
import type { Answers, UserMeasure } from '../answers/userMeasures.ts';

const SAMPLED_ACCURACY = ['hitRateAt10', 'ndcgAt10'] as const;
const ACCURACY = [...SAMPLED_ACCURACY, 'mapAt10', 'precisionAt10', 'recallAt10', 'recallAt500'] as const;
/**
 * Accuracy where only ratings of 3 stars and more are relevant, over users who have such, and how often the ten best hold a
 * movie that the user rates below 3.
 */
const TASTE = ['ndcgAt10OfLiked', 'dislikedRateAt10'] as const;
/** Of a list of the model, whatever was held out. */
export const BEYOND_ACCURACY: readonly UserMeasure[] = [
  'novelty',
  'intraListDiversity',
  'popularity',
  'watchedPopularity',
];

/** Draws a metric's interval may cost: from 20,000 users on there are fewer resamples, of means that vary less. */
const MAX_BOOTSTRAP_DRAWS = 2e7;

/** Measures of one model: means over users by name. */
export interface ModelMeasures {
  /** Accuracy with 95 % bootstrap intervals. */
  accuracy: Record<string, IntervalEstimate>;
  /** Measures beyond accuracy; null where a few negatives decide which items can be on a list. */
  beyondAccuracy: Record<string, number> | null;
}

/** The measures of each user's answers that {@link measure} takes. */
export function measuresNeeded(isFullCatalogue: boolean): readonly UserMeasure[] {
  return isFullCatalogue
    ? [...SAMPLED_MEASURES, ...ACCURACY.slice(2), ...TASTE, ...BEYOND_ACCURACY]
    : SAMPLED_MEASURES;
}

/** The users whose answers are measured. */
interface MeasuredUsers {
  isFullCatalogue: boolean;
  /** Of the bootstrap, which resamples users. */
  seed: number;
  /** True for users whose times are all known alone. */
  isTimedOnly?: boolean;
}

/** Measures a model's answers. */
export function measure(
  answers: Answers,
  { isFullCatalogue, seed, isTimedOnly = false }: MeasuredUsers,
): ModelMeasures {
  const some = isTimedOnly ? timedOnly(answers) : answers;
  const numUsers = some.isTimed.length;
  const affordable = Math.floor(MAX_BOOTSTRAP_DRAWS / Math.max(1, numUsers));
  const numResamples = Math.max(100, Math.min(1000, affordable));
  const names = isFullCatalogue ? [...ACCURACY, ...TASTE] : SAMPLED_ACCURACY;
  const accuracy = names.map((name): [string, IntervalEstimate] => [
    name,
    bootstrapInterval(knownOf(some, name), seededRandom(seed), { numResamples }),
  ]);
  return {
    accuracy: Object.fromEntries(accuracy),
    beyondAccuracy: isFullCatalogue ? beyondAccuracyOf(some) : null,
  };
}

/** The measures of lists beyond accuracy. */
export function beyondAccuracyOf(answers: Answers): Record<string, number> {
  const { listed } = answers;
  const meanOf = (name: UserMeasure): number => {
    const values = knownOf(answers, name);
    return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const watched = meanOf('watchedPopularity');
  return {
    catalogueCoverage:
      listed.length === 0 ? 0 : listed.reduce((sum, bits) => sum + (bits & LISTED), 0) / listed.length,
    novelty: meanOf('novelty'),
    intraListDiversity: meanOf('intraListDiversity'),
    popularityBias: watched === 0 ? 0 : meanOf('popularity') / watched - 1,
  };
}

/** The values of a measure, of the users of whom it says something. @throws RangeError where it was not asked for */
export function knownOf({ values }: Answers, name: UserMeasure): Float64Array {
  const column = values[name];
  if (!column) throw new RangeError(`${name} was not measured`);
  return column.filter((value) => !Number.isNaN(value));
}

function timedOnly({ values, isTimed, listed }: Answers): Answers {
  return {
    values: Object.fromEntries(
      Object.entries(values).map(([name, column]) => [name, column.filter((_, user) => isTimed[user] === 1)]),
    ),
    isTimed: isTimed.filter((bit) => bit === 1),
    listed: listed.map((bits) => ((bits & LISTED_TIMED) === 0 ? 0 : LISTED)),
  };
}
