import { historyEntriesOf, sequenceSharesOf } from '@pocketrocket/engine';
import {
  buildProfile,
  inProcessRanker,
  inProcessVectorStore,
  recommend,
  type LoadedModel,
} from '@pocketrocket/model';
import { ARTIFACT_FORMAT } from '@pocketrocket/model/artifact';
import type { FinishedTraining } from '../pipeline/trainingRun.ts';
import { ablationRows, writeRunReport } from './runReport.ts';
import type { FinishedRun, ReportDeps } from './runReport.ts';

/** Writes the report of a finished training run; see {@link writeRunReport}. */
export async function writeTrainingReport(
  run: FinishedTraining,
  modelDir: string,
  deps: ReportDeps,
): Promise<string> {
  const { evaluation, model } = run;
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
      itemMap: model.itemMap,
      popularity: model.popularity,
      recommend: recommenderOf(run),
      ...nextSharesOf(run),
    },
    modelDir,
    deps,
  );
}

function nextSharesOf({ model: { sequence } }: FinishedTraining): Pick<FinishedRun, 'nextShares'> {
  if (!sequence) return {};
  const { dim, parameters } = sequence;
  return {
    nextShares(userIndex, histories, itemIndex) {
      const entries = historyEntriesOf(histories, userIndex);
      const shares = sequenceSharesOf(sequence, {
        items: entries.map((entry) => entry.itemIndex),
        ratings: entries.map(({ rating }) => rating),
        timestamps: entries.map(({ timestamp }) => timestamp ?? NaN),
      });
      const item = parameters.itemEmbeddings.subarray(itemIndex * dim, (itemIndex + 1) * dim);
      return Float32Array.from({ length: shares.length / dim }, (_, row) =>
        item.reduce((sum, value, c) => sum + value * (shares[row * dim + c] ?? 0), 0),
      );
    },
  };
}

/** The steps that serve, over the run's own model: rows of the best unseen items, best first. */
function recommenderOf({ version, manifest, ratings, model }: FinishedTraining): FinishedRun['recommend'] {
  const { users, items } = ratings.ids;
  const loaded: LoadedModel = {
    version,
    manifest: { format: ARTIFACT_FORMAT, version, ...manifest, tensors: {} },
    recommender: model,
    items,
    numTrainedItems: items.size,
    users,
  };
  const ports = { vectorStore: inProcessVectorStore, ranker: inProcessRanker };
  return async (userIndex, histories, count) => {
    const rated = historyEntriesOf(histories, userIndex).map(({ itemIndex, rating, timestamp }) => ({
      movieId: items.externalId(itemIndex),
      rating,
      ratedAtSeconds: timestamp,
    }));
    const profile = buildProfile(loaded, rated, users.externalId(userIndex));
    if (!profile) return { items: new Int32Array(0), scores: new Float32Array(0) };
    const eligible = new Uint8Array(items.size).fill(1);
    for (const itemIndex of profile.items) eligible[itemIndex] = 0;
    const list = await recommend(ports, loaded, { profile, eligible, diversity: 0 });
    const best = list.entries(0, count);
    return {
      items: Int32Array.from(best, ({ movieId }) => items.indexOf(movieId)),
      scores: Float32Array.from(best, ({ score }) => score),
    };
  };
}
