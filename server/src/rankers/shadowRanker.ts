import { setTimeout } from 'node:timers/promises';
import { rankCorrelation } from '@pocketrocket/engine';
import { messageOf, type Logger } from '@pocketrocket/runtime';
import { bulkhead, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import { meanAbsoluteDifference, type CandidateRanker } from '@pocketrocket/model';

export interface ShadowOptions {
  /** As the log calls it. */
  name: string;
  ranker: CandidateRanker;
  /** Share of the lists that is scored twice, 0 to 1. */
  sample: number;
  /** From [0, 1). */
  random(): number;
  logger: Logger;
  /** Milliseconds after the list was ranked, so that its answer is out. */
  afterMs?: number;
}

/** So many comparisons under way, and so many that wait; what comes beyond is not compared. */
const CONCURRENCY = 4;
const QUEUE = 16;
const DEADLINE_MS = 5_000;

type Logits = Awaited<ReturnType<CandidateRanker['logits']>>;
/** A ranker's logits, or why it has none. */
type Outcome = { logits: Float32Array } | { problem: string };

/**
 * Lets a second ranker score a sample of the lists that the first one scores, some time after they were ranked, and logs how far the
 * two agree. Nothing that the second one does changes, delays or fails what the first one answers.
 */
export function withShadow(ranker: CandidateRanker, options: ShadowOptions): CandidateRanker {
  const { sample, logger, afterMs = 100 } = options;
  const lane = wrap(
    bulkhead(CONCURRENCY, QUEUE),
    timeout(DEADLINE_MS, TimeoutStrategy.Aggressive).dangerouslyUnref(),
  );
  let skipped = 0;
  return {
    logits(model, profile, items) {
      const served = ranker.logits(model, profile, items);
      if (options.random() < sample) {
        const first = outcomeOf(served);
        lane
          .execute(async () => {
            await setTimeout(afterMs, null, { ref: false });
            const second = await outcomeOf(options.ranker.logits(model, profile, items));
            logComparison(await first, second, { modelVersion: model.version, items: items.length });
          })
          .catch((error: unknown) => {
            skipped += 1;
            logger.debug({ shadow: options.name, reason: messageOf(error) }, 'shadow comparison skipped');
          });
      }
      return served;
    },
  };

  function logComparison(first: Outcome, second: Outcome, facts: object): void {
    const agreement =
      'logits' in first && 'logits' in second
        ? {
            rankCorrelation: rounded(rankCorrelation(first.logits, second.logits)),
            meanAbsoluteDifference: rounded(meanAbsoluteDifference(first.logits, second.logits)),
          }
        : {
            failed: [...('problem' in first ? ['ranker'] : []), ...('problem' in second ? ['shadow'] : [])],
            ...('problem' in first && { rankerProblem: first.problem }),
            ...('problem' in second && { shadowProblem: second.problem }),
          };
    logger.info({ shadow: options.name, ...facts, ...agreement, skipped }, 'shadow ranker compared');
  }
}

function outcomeOf(scoring: Promise<Logits>): Promise<Outcome> {
  return scoring.then(
    (logits) => (logits ? { logits } : { problem: 'it cannot score this user' }),
    (error: unknown) => ({ problem: messageOf(error) }),
  );
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
