import { Model } from '@pocketrocket/schema';
import type { ModelState } from './modelWatcher.ts';
import { protocolInWords } from './protocolInWords.ts';

/** The serving model, with the metrics of the served pipeline beside those of popularity; null without a model. */
export function describeModel({ model }: ModelState): Model | null {
  if (!model) return null;
  const { version, createdAt, dataset, recipe, counts, evaluation } = model.manifest;
  const { pipeline = {}, popularity = {} } = evaluation.models;
  return Object.assign(new Model(), {
    version: String(version),
    trainedAt: new Date(createdAt),
    dataset: dataset.synthetic ? `${dataset.name} (synthetic)` : dataset.name,
    recipe,
    ratingCount: counts.interactions,
    userCount: counts.users,
    movieCount: counts.items,
    protocolName: evaluation.protocol,
    protocol: protocolInWords(evaluation.protocol),
    evaluatedUserCount: evaluation.users,
    metrics: Object.entries(pipeline).map(([name, value]) => ({
      name,
      value,
      baseline: popularity[name] ?? null,
    })),
  });
}
