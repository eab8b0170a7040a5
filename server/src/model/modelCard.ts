import { Model } from '@pocketrocket/schema';
import type { ModelState } from './modelWatcher.ts';

/** The serving model, with the metrics of the served pipeline beside those of popularity; null without a model. */
export function describeModel({ model }: ModelState): Model | null {
  if (!model) return null;
  const { version, createdAt, dataset, recipe, evaluation } = model.manifest;
  const { pipeline = {}, popularity = {} } = evaluation.models;
  return Object.assign(new Model(), {
    version: String(version),
    trainedAt: new Date(createdAt),
    dataset: dataset.synthetic ? `${dataset.name} (synthetic)` : dataset.name,
    recipe,
    metrics: Object.entries(pipeline).map(([name, value]) => ({
      name,
      value,
      baseline: popularity[name] ?? null,
    })),
  });
}
