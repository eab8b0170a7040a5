import type { Config, Logger } from '@pocketrocket/runtime';
import { inProcessRanker, type CandidateRanker } from '@pocketrocket/model';
import { withShadow } from './shadowRanker.ts';
import { openTfjsRanker } from './tfjs/tfjsRanker.ts';
import { openTfServingRanker, type TfServingRanker } from './tfServing/tfServingRanker.ts';

/** The rankers that the settings name. */
export interface Rankers {
  ranker: CandidateRanker;
  /** TensorFlow Serving, where it is the one that ranks. */
  tfServing: TfServingRanker | null;
  close(): Promise<void>;
}

/**
 * Opens the ranker that `RANKER` names, and the one that `SHADOW_RANKER` names beside it.
 * @param currentVersion that of the model that serves; null without one
 * @throws AppError ARTIFACT_INVALID when `SAVED_MODEL_DIR` holds none
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
    const tfServing = main && 'mayServe' in main ? main : null;
    const ranker = main ?? inProcessRanker;
    const name = config.shadowRanker;
    const shadow = name === null ? null : await open(name);
    if (name === null || !shadow) return { ranker, tfServing, close };
    logger.info({ shadow: name, sample: config.shadowSample }, 'shadow ranker scores a sample');
    const options = { name, ranker: shadow, sample: config.shadowSample, random: Math.random, logger };
    return { ranker: withShadow(ranker, options), tfServing, close };
  } catch (error) {
    await close();
    throw error;
  }

  /** Null where it is not possible on this machine; the log says so. */
  async function open(name: Config['ranker']): Promise<CandidateRanker | TfServingRanker | null> {
    if (name === 'tf-serving' && config.tfServingUrl !== null) {
      const tfServing = openTfServingRanker({
        origin: config.tfServingUrl,
        modelName: config.modelName,
        deadlineMs: config.rankerTimeoutMs,
        waitMs: config.tfServingWaitMs,
        logger,
        currentVersion,
      });
      closers.push(() => tfServing.close());
      return tfServing;
    }
    if (name === 'tfjs' && config.savedModelDir !== null) {
      const tfjs = await openTfjsRanker(config.savedModelDir, logger);
      closers.push(() => tfjs?.close());
      return tfjs;
    }
    return inProcessRanker;
  }
}
