import type { ChosenRecipe, ServedSettings } from '@pocketrocket/engine';
import { inSpan, messageOf } from '@pocketrocket/runtime';
import { removeStaleStaging } from '@pocketrocket/model/artifact';
import { isPopularityAlone } from './evaluation/leanOnPopularity.ts';
import { defaultSettings } from './evaluation/tuneSettings.ts';
import { isWeighed } from './evaluation/tuneWithSequence.ts';
import type { DataHandle } from './fitting/fitData.ts';
import { cachedFitter, fitCacheDir } from './fitting/fitCache.ts';
import type { Fitter } from './fitting/fitter.ts';
import { recordLosses } from './fitting/recordLosses.ts';
import { assembleManifest } from './stages/assembleManifest.ts';
import { assembleModel } from './stages/assembleModel.ts';
import { chooseWeights, withWeightReasons } from './stages/chooseWeights.ts';
import { fitSplits, isMeasured } from './stages/fitSplits.ts';
import { mapItems } from './stages/mapItems.ts';
import { measureFirst, measureModels, type MeasureInput } from './stages/measureModels.ts';
import { passGate } from './stages/passGate.ts';
import { publishModel } from './stages/publishModel.ts';
import { readInputs } from './stages/readInputs.ts';
import { splitRatings } from './stages/splitRatings.ts';
import type { SplitRatings } from './stages/splitRatings.ts';
import type { TrainDeps, TrainRequest, TrainResult } from './trainingRun.ts';

/**
 * Runs one training: read → split → fit, on everything too → choose weights → measure → gate → assemble → publish → report.
 *
 * A version is written whole or not at all. One that the gate refuses is written, so that it can be inspected and published
 * by hand, but the previous version keeps serving. Fits with the same data and settings come from the cache.
 * @throws AppError BAD_DATA for data from which nothing can be learnt; ARTIFACT_INVALID when it cannot be told what serves;
 *   CONFLICT when another trainer has published or the data set was replaced meanwhile: the version is written, but not published; INTERRUPTED through
 *   the signal: nothing is published, and the fitted models are cached
 */
export async function train(request: TrainRequest, deps: TrainDeps): Promise<TrainResult> {
  const { recipe, only, isForced } = request;
  await removeStaleStaging(deps.modelDir);
  const losses = recordLosses(cachedFitter(inSpans(deps.fit), fitCacheDir(deps.modelDir), deps));
  const fitDeps = { ...deps, fit: losses.fit };

  const inputs = await inSpan('readInputs', () => readInputs(deps));
  const split = await inSpan('splitRatings', () =>
    splitRatings(inputs, request, (line) => deps.logger.warn(line)),
  );
  const fitted = await inSpan('fitSplits', () => fitSplits(split, request, fitDeps));
  if (!only.includes('evaluate') && !only.includes('publish'))
    return { ...NOTHING_WRITTEN, evaluation: null };

  const { plan } = split;
  const { outer, inner } = fitted;
  const settings = { models: fitted.chosen.recipe, isTuned: recipe.isTuned };
  const weighed =
    outer && (await inSpan('chooseWeights', () => chooseWeights({ plan, outer, inner, settings }, deps)));
  const measured = weighed && {
    split: plan.outer,
    model: weighed,
    factorization: outer.matrixFactorization,
  };
  const { evaluation = null, model: splitModel } = measured
    ? await inSpan('measureModels', () =>
        measureModelOrFirst(measured, inputs.serving === null && !split.isChosenApart, deps),
      )
    : {};
  if (!evaluation && isMeasured(request, split.everything)) {
    deps.logger.warn('too few ratings for a holdout: the model is not evaluated');
  }
  if (!only.includes('publish') || !fitted.everything) return { ...NOTHING_WRITTEN, evaluation };

  const { serving, ratings, facts, published } = inputs;
  const { ids } = ratings;
  const gate = await inSpan('passGate', () =>
    passGate({ split, seed: request.seed, settings, evaluation, serving, isForced }, fitDeps),
  );
  const served = splitModel?.settings ?? defaultSettings(fitted.chosen.recipe);
  const chosen = asServed(
    splitModel && (inner || isPopularityAlone(served))
      ? withWeightReasons(fitted.chosen, splitModel)
      : fitted.chosen,
    served,
  );
  const manifest = assembleManifest(
    { request, inputs, chosen, chosenEpochs: fitted.chosenEpochs, settings: served, evaluation, gate },
    deps,
  );
  const { everything } = fitted;
  const assembled = await inSpan('assembleModel', () =>
    assembleModel(split.everything, facts, everything, served),
  );
  const itemMap = await inSpan('mapItems', () => mapItems(assembled, request, deps));
  const model = { ...assembled, itemMap };
  const written = await inSpan('publishModel', () => publishModel({ manifest, model, ids, published }, deps));
  let reportProblem: string | null = null;
  // The first start writes no report: it takes as long as its training, and the full recipe brings one.
  if (isMeasured(request, split.everything)) {
    const { version } = written;
    const lossCurves = losses.curves((data) => labelOf(data, split));
    const { reasons: choices } = chosen;
    // Whatever becomes of its report, the version stands.
    reportProblem = await inSpan('writeReport', () =>
      deps.writeReport({
        version,
        manifest,
        ratings,
        evaluation,
        gate,
        choices,
        lossCurves,
        model,
      }),
    ).then(() => null, messageOf);
  }
  return { ...written, reportProblem, manifest, evaluation };
}

/** A recipe without the sequence model where the blend left it out, so that a gate does not fit what does not serve. */
function asServed(chosen: ChosenRecipe, served: ServedSettings): ChosenRecipe {
  if (isWeighed(served, 'sequence')) return chosen;
  return { ...chosen, recipe: { ...chosen.recipe, sequence: null } };
}

/** A fitter whose fits are spans, by the model's name. */
function inSpans(fit: Fitter): Fitter {
  return (job, ...rest) => inSpan(`fit ${job.name}`, () => fit(job, ...rest));
}

async function measureModelOrFirst(input: MeasureInput, isFirst: boolean, deps: TrainDeps) {
  if (isFirst) return measureFirst(input, deps);
  return { evaluation: await measureModels(input, deps), model: input.model };
}

const NOTHING_WRITTEN = {
  version: null,
  isPublished: false,
  redisProblem: null,
  reportProblem: null,
  manifest: null,
};

/** The name that a report gives the data that a model was fitted on. */
function labelOf({ sha256 }: DataHandle, { everything, plan }: SplitRatings): string {
  if (sha256 === everything.handle.sha256) return 'all data';
  return sha256 === plan.outer.ratings.handle.sha256 ? 'split' : 'inner split';
}
