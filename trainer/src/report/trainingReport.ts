import { historyEntriesOf } from '@pocketrocket/engine';
import { recommendFromHistory } from '../pipeline/recommendFromHistory.ts';
import type { FinishedTraining } from '../pipeline/trainingRun.ts';
import { ablationRows, writeRunReport } from './runReport.ts';
import type { ReportDeps } from './runReport.ts';

/** Writes the report of a finished training run; see {@link writeRunReport}. */
export async function writeTrainingReport(
  run: FinishedTraining,
  modelDir: string,
  deps: ReportDeps,
): Promise<string> {
  const { interactions, evaluation, model } = run;
  const weights = Object.fromEntries(
    Object.entries(model.settings.rankingWeights).flatMap(([name, weight]) =>
      weight > 0 ? [[name, weight]] : [],
    ),
  );
  const pipeline = evaluation?.models.pipeline;
  return writeRunReport(
    {
      ...run,
      weights,
      ablation: evaluation && pipeline ? ablationRows(pipeline, evaluation.ablation) : [],
      itemVectors: { vectors: model.item2vec.inVectors, dim: model.item2vec.dim },
      popularity: model.popularity,
      recommend: (userIndex, count) => {
        const history = historyEntriesOf(interactions, userIndex);
        const { items, scores } = recommendFromHistory(model, userIndex, history).ranked;
        return { items: items.subarray(0, count), scores: scores.subarray(0, count) };
      },
    },
    modelDir,
    deps,
  );
}
