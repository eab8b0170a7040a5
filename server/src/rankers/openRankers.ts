import type { Config, Logger } from '@pocketrocket/runtime';
import { inProcessRanker, type CandidateRanker } from '@pocketrocket/model';
import { withShadow } from './shadowRanker.ts';
import type { TfServingRanker } from './tfServing/tfServingRanker.ts';

/** The rankers that the settings name. */
export interface Rankers {
  ranker: CandidateRanker;
  /** TensorFlow Serving, where it is the one that ranks. */
  tfServing: TfServingRanker | null;
  /** Why the ranker that was asked for does not rank; null where it does. */
  problem(): string | null;
  close(): Promise<void>;
}

/**
 * Opens the ranker that `RANKER` names, and the one that `SHADOW_RANKER` names beside it. Modules of others are not loaded: each
 * thread would hold them.
 * @param currentVersion that of the model that serves; null without one
 */
export async function openRankers(
  config: Config,
  logger: Logger,
  currentVersion: () => number | null,
): Promise<Rankers> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers) await closer();
  };
  try {
    const main = await open(config.ranker);
    const { ranker, tfServing, problem } = main;
    const name = config.shadowRanker;
    const shadow = name === null ? null : await open(name);
    // One that cannot rank has said so in the log; there is nothing to compare with.
    if (name === null || shadow === null || shadow.problem() !== null)
      return { ranker, tfServing, problem, close };
    logger.info({ shadow: name, sample: config.shadowSample }, 'shadow ranker scores a sample');
    const options = {
      name,
      ranker: shadow.ranker,
      sample: config.shadowSample,
      random: Math.random,
      logger,
    };
    return { ranker: withShadow(ranker, options), tfServing, problem, close };
  } catch (error) {
    await close();
    throw error;
  }

  async function open(name: Config['ranker']): Promise<Omit<Rankers, 'close'>> {
    if (name === 'tf-serving' && config.tfServingUrl !== null) {
      const { openTfServingRanker } = await import('./tfServing/tfServingRanker.ts');
      const tfServing = openTfServingRanker({
        origin: config.tfServingUrl,
        modelName: config.modelName,
        deadlineMs: config.rankerTimeoutMs,
        waitMs: config.tfServingWaitMs,
        wantedVersion: config.tfServingVersion,
        logger,
        currentVersion,
      });
      closers.push(() => tfServing.close());
      return { ranker: tfServing, tfServing, problem: () => tfServing.problem() };
    }
    if (name === 'tfjs' && config.savedModelDir !== null) {
      const { openTfjsRanker } = await import('./tfjs/tfjsRanker.ts');
      const tfjs = await openTfjsRanker(config.savedModelDir, logger);
      closers.push(() => tfjs.close());
      return { ranker: tfjs, tfServing: null, problem: () => tfjs.problem() };
    }
    return { ranker: inProcessRanker, tfServing: null, problem: () => null };
  }
}
