import type { ChosenRecipe, ModelRecipe, ServedSettings } from '@pocketrocket/engine';
import type { Gate, ManifestDraft } from '@pocketrocket/model/artifact';
import type { ModelMeasures } from '../evaluation/modelMeasures.ts';
import type { ChosenEpochs } from '../fitting/earlyStops.ts';
import type { TrainRequest } from '../trainingRun.ts';
import type { Evaluation } from './measureModels.ts';
import type { TrainingInputs } from './readInputs.ts';

export interface ManifestInput {
  request: TrainRequest;
  inputs: TrainingInputs;
  chosen: ChosenRecipe;
  /** Of the models that stopped early. */
  chosenEpochs: ChosenEpochs;
  settings: ServedSettings;
  evaluation: Evaluation | null;
  gate: Gate;
}

/** Writes down what a run's model is: from which data, how made, how good. */
export function assembleManifest(
  { request, inputs, chosen, chosenEpochs, settings, evaluation, gate }: ManifestInput,
  deps: { now(): Date },
): ManifestDraft {
  const { recipe, seed, protocol } = request;
  const { dataset, ratings, overlay } = inputs;
  const { ids, everything } = ratings;
  return {
    createdAt: deps.now().toISOString(),
    recipe: recipe.name,
    seed,
    dataset: { name: dataset.name, identity: dataset.identity, synthetic: dataset.synthetic },
    counts: { users: ids.users.size, items: ids.items.size, interactions: everything.numRatings },
    overlay,
    algorithms: algorithmsOf(chosen.recipe, chosenEpochs),
    serving: { ...settings },
    evaluation: {
      protocol,
      seed,
      users: evaluation?.users ?? 0,
      models: Object.fromEntries(
        Object.entries(evaluation?.models ?? {}).map(([name, measures]) => [
          name,
          { ...flatMeasures(measures), ...(name === 'pipeline' && calibrationOf(evaluation)) },
        ]),
      ),
    },
    recipeSettings: {
      isTuned: recipe.isTuned,
      budgetMinutes: recipe.budgetMinutes,
      reasons: [...chosen.reasons],
      models: { ...chosen.recipe },
    },
    gate,
  };
}

/** The settings of each model that takes part, as the manifest keeps them. */
function algorithmsOf(
  { serving: _, ...models }: ModelRecipe,
  chosenEpochs: ChosenEpochs,
): ManifestDraft['algorithms'] {
  const epochsOf: Readonly<Record<string, number | undefined>> = chosenEpochs;
  return Object.fromEntries(
    Object.entries(models).flatMap(([name, options]) => {
      const epochs = epochsOf[name];
      return options ? [[name, { ...options, ...(epochs !== undefined && { epochs }) }]] : [];
    }),
  );
}

function calibrationOf(evaluation: Evaluation | null): Record<string, number> {
  const error = evaluation?.calibration.error ?? null;
  return error === null ? {} : { calibrationError: error };
}

/** Every measured mean of a model by name, as the manifest keeps it. */
function flatMeasures({ accuracy, beyondAccuracy }: ModelMeasures): Record<string, number> {
  const means = Object.entries(accuracy).map(([metric, { mean }]) => [metric, mean] as const);
  return { ...Object.fromEntries(means), ...beyondAccuracy };
}
