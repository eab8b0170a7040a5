import { mean, pairedBootstrapInterval, seededRandom } from '@pocketrocket/engine';
import type { Gate } from '@pocketrocket/model/artifact';

/** A mean may fall by this share of the serving one's before the fall alone is reason enough. */
const MAX_RELATIVE_DROP = 0.02;
const NUM_RESAMPLES = 1000;
/** Draws a bootstrap may cost: beyond, there are fewer resamples, of means that vary less. */
const MAX_BOOTSTRAP_DRAWS = 2e7;

/** nDCG@10 of each held-out user on one split, in one order of users. */
export interface GateQuestion {
  candidate: Float64Array;
  popularity: Float64Array;
  /** The recipe that serves, fitted again on the same split; null where there is none to compare with. */
  serving: { version: number; ndcgAt10ByUser: Float64Array } | null;
  /** True for a blend of popularity alone, chosen because nothing measured better: it may be as good as that where what serves is no better. */
  isPopularity?: boolean;
  /** False where the settings were chosen for another question, and beside popularity on that one. */
  mustBeatPopularity?: boolean;
  /** Of the bootstrap. */
  seed: number;
}

/**
 * Decides whether a model may be published: it must beat popularity, and must not be worse than what serves.
 *
 * Worse is: the upper 95 % bound of the mean difference is below 0 by a bootstrap over users in pairs, or the mean is more
 * than 2 % lower. Both pipelines must have been asked on the same split; metrics of different splits say nothing.
 */
export function judge({
  candidate,
  popularity,
  serving,
  isPopularity = false,
  mustBeatPopularity = true,
  seed,
}: GateQuestion): Gate {
  const candidateMean = mean(candidate);
  const popularityMean = mean(popularity);
  const reasons: string[] = [];
  const servesNothingBetter = serving === null || mean(serving.ndcgAt10ByUser) <= popularityMean;
  const isGoodEnough = isPopularity && servesNothingBetter && candidateMean >= popularityMean;
  if (mustBeatPopularity && !(candidateMean > popularityMean) && !isGoodEnough) {
    reasons.push(
      `its nDCG@10 of ${figure(candidateMean)} does not beat popularity's ${figure(popularityMean)}`,
    );
  }
  const comparison = serving && compare(candidate, serving.ndcgAt10ByUser, seed);
  if (serving && comparison) {
    const { servingMean, difference } = comparison;
    const interval = `${figure(difference.mean)} [${figure(difference.low)}, ${figure(difference.high)}]`;
    if (difference.high < 0) {
      reasons.push(`its nDCG@10 is significantly lower than version ${serving.version}'s: by ${interval}`);
    } else if (candidateMean < (1 - MAX_RELATIVE_DROP) * servingMean) {
      reasons.push(
        `its nDCG@10 of ${figure(candidateMean)} is more than 2 % below version ${serving.version}'s ` +
          `${figure(servingMean)}: by ${interval}`,
      );
    }
  }
  return {
    decision: reasons.length > 0 ? 'refused' : 'passed',
    forced: false,
    reasons,
    metric: 'ndcgAt10',
    users: candidate.length,
    candidate: candidateMean,
    popularity: popularityMean,
    serving: serving && comparison && { version: serving.version, mean: comparison.servingMean },
    difference: comparison?.difference ?? null,
  };
}

/** The verdict where the data are too few to hold any out. */
export const UNMEASURED: Gate = {
  decision: 'unmeasured',
  forced: false,
  reasons: ['nothing was measured: it was not asked for, or there are too few ratings for a holdout'],
  metric: 'ndcgAt10',
  users: 0,
  candidate: null,
  popularity: null,
  serving: null,
  difference: null,
};

function compare(
  candidate: Float64Array,
  serving: Float64Array,
  seed: number,
): { servingMean: number; difference: NonNullable<Gate['difference']> } {
  const affordable = Math.floor(MAX_BOOTSTRAP_DRAWS / Math.max(1, candidate.length));
  const numResamples = Math.max(100, Math.min(NUM_RESAMPLES, affordable));
  const difference = pairedBootstrapInterval(candidate, serving, seededRandom(seed), { numResamples });
  return { servingMean: mean(serving), difference };
}

function figure(value: number): string {
  return value.toFixed(4);
}
