import { RANKING_FEATURES } from '@pocketrocket/engine';
import type { LoadedModel, RecommendPorts } from '@pocketrocket/model';
import {
  AppError,
  assignArm,
  type Assignment,
  type Experiment,
  type ExperimentArm,
  type UserKind,
} from '@pocketrocket/runtime';
import { isOfApp, isOfDataset } from '../database/externalIds.ts';
import type { ExposureLog } from './exposureLog.ts';

/** The part of a list's making that an arm may change. */
export interface ListMaking {
  ports: RecommendPorts;
  model: LoadedModel | null;
  diversity: number;
}

const byRetrieval: RecommendPorts['ranker'] = { logits: async () => null };

/** The experiments that are set. */
export class Experiments {
  readonly #experiments: readonly Experiment[];
  readonly #exposures: ExposureLog;
  /** A model with each arm's settings; what it is made of is shared. */
  readonly #models = new WeakMap<LoadedModel, Map<ExperimentArm, LoadedModel>>();

  /** @throws AppError CONFIG_INVALID for a feature that no model has */
  constructor(experiments: readonly Experiment[], exposures: ExposureLog) {
    for (const { name, arms } of experiments)
      for (const arm of arms)
        for (const feature of Object.keys(arm.featureWeights ?? {}))
          if (!(RANKING_FEATURES as readonly string[]).includes(feature))
            throw new AppError(
              'CONFIG_INVALID',
              `EXPERIMENTS: arm ${arm.name} of ${name} weighs ${feature}, which no model has; there are ${RANKING_FEATURES.join(', ')}`,
            );
    this.#experiments = experiments;
    this.#exposures = exposures;
  }

  /** The user's arm; null for one who is in no experiment. */
  assignmentOf(userId: number): Assignment | null {
    return assignArm(this.#experiments, userId, kindOf(userId));
  }

  /** The making of a list as an arm has it. */
  inArm({ arm }: Assignment, { ports, model, diversity }: ListMaking): ListMaking {
    return {
      ports: arm.ranker === 'retrieval' ? { ...ports, ranker: byRetrieval } : ports,
      model: model && this.#modelOf(model, arm),
      // What a client asks for counts.
      diversity: diversity === 0 ? (arm.diversity ?? 0) : diversity,
    };
  }

  /** Notes that a user was shown a list of an arm. */
  expose({ experiment, arm }: Assignment, userId: number, modelVersion: string | null): void {
    this.#exposures.note({
      experiment: experiment.name,
      arm: arm.name,
      userId,
      modelVersion: modelVersion === null ? null : Number(modelVersion),
    });
  }

  /** Forgets what is not stored yet of users. */
  forget(userIds: ReadonlySet<number>): void {
    this.#exposures.forget(userIds);
  }

  #modelOf(model: LoadedModel, arm: ExperimentArm): LoadedModel {
    if (arm.dislikeWeight === undefined && !arm.featureWeights) return model;
    const ofModel = this.#models.get(model) ?? new Map<ExperimentArm, LoadedModel>();
    this.#models.set(model, ofModel);
    const known = ofModel.get(arm);
    if (known) return known;
    const made = withSettingsOf(arm, model);
    ofModel.set(arm, made);
    return made;
  }
}

function withSettingsOf(arm: ExperimentArm, model: LoadedModel): LoadedModel {
  const { settings } = model.recommender;
  const rankingWeights = Object.fromEntries(
    Object.entries(settings.rankingWeights).map(([feature, weight]) => [
      feature,
      weight * (arm.featureWeights?.[feature] ?? 1),
    ]),
  );
  const dislikeWeight = arm.dislikeWeight ?? settings.dislikeWeight;
  const changed = { ...settings, rankingWeights, ...(dislikeWeight !== undefined && { dislikeWeight }) };
  return { ...model, recommender: { ...model.recommender, settings: changed } };
}

function kindOf(userId: number): UserKind {
  if (isOfApp(userId)) return 'apps';
  return isOfDataset(userId) ? 'dataset' : 'accounts';
}
