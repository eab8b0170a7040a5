import { ModelVersion, ModelVersionState, type ModelGateVerdict } from '@pocketrocket/schema';
import {
  readVersions,
  type Manifest,
  type PublicationState,
  type VersionSummary,
} from '@pocketrocket/model/artifact';
import { checkFirst } from '../arguments/checks.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';
import { protocolInWords } from '../model/protocolInWords.ts';

const STATES: Record<PublicationState, ModelVersionState> = {
  served: ModelVersionState.SERVED,
  earlier: ModelVersionState.EARLIER,
  refused: ModelVersionState.REFUSED,
  unpublished: ModelVersionState.UNPUBLISHED,
  broken: ModelVersionState.BROKEN,
};

export interface ModelVersionsDeps {
  models: ModelProvider;
  modelDir: string;
}

/**
 * The newest versions of the model, newest first. Where the model directory has none, as on servers that have models from Redis alone,
 * the one that serves.
 * @throws AppError BAD_USER_INPUT for a length out of range
 */
export async function listModelVersions(
  { models, modelDir }: ModelVersionsDeps,
  first: number,
): Promise<ModelVersion[]> {
  checkFirst(first);
  const serving = models.state().model?.manifest ?? null;
  const summaries = await readVersions(modelDir, first);
  if (summaries.length > 0) return summaries.map((summary) => describe(summary, serving));
  return serving
    ? [describe({ ...NOTHING, state: 'served', version: serving.version, manifest: serving }, serving)]
    : [];
}

/** One version by its number; null where the model directory lacks it. */
export async function modelVersion(
  { models, modelDir }: ModelVersionsDeps,
  version: number,
): Promise<ModelVersion | null> {
  const summary = (await readVersions(modelDir)).find((one) => one.version === version);
  return summary ? describe(summary, models.state().model?.manifest ?? null) : null;
}

const NOTHING = { problem: null };

type Described = Pick<VersionSummary, 'version' | 'state' | 'problem' | 'manifest'>;

function describe({ version, state, problem, manifest }: Described, serving: Manifest | null): ModelVersion {
  const isServing = serving?.version === version && serving.createdAt === manifest?.createdAt;
  const told = { version: String(version), state: STATES[state], isServing, problem };
  if (!manifest) return Object.assign(new ModelVersion(), { ...UNKNOWN, ...told });
  const { createdAt, recipe, dataset, counts, evaluation, gate } = manifest;
  const { pipeline = {}, popularity = {} } = evaluation.models;
  return Object.assign(new ModelVersion(), told, {
    trainedAt: new Date(createdAt),
    recipe,
    dataset: dataset.synthetic ? `${dataset.name} (synthetic)` : dataset.name,
    ratingCount: counts.interactions,
    userCount: counts.users,
    movieCount: counts.items,
    protocol: protocolInWords(evaluation.protocol),
    protocolName: evaluation.protocol,
    evaluatedUserCount: evaluation.users,
    metrics: Object.entries(pipeline).map(([name, value]) => ({
      name,
      value,
      baseline: popularity[name] ?? null,
    })),
    gate: gate ? verdictOf(gate) : null,
  });
}

const UNKNOWN = {
  trainedAt: null,
  recipe: null,
  dataset: null,
  ratingCount: null,
  userCount: null,
  movieCount: null,
  protocol: null,
  protocolName: null,
  evaluatedUserCount: null,
  metrics: [],
  gate: null,
};

function verdictOf(gate: NonNullable<Manifest['gate']>): ModelGateVerdict {
  const { decision, forced, reasons, candidate, popularity, serving, users } = gate;
  return {
    ...{ decision, reasons, candidate, popularity },
    isForced: forced,
    serving: serving?.mean ?? null,
    servingVersion: serving ? String(serving.version) : null,
    userCount: users,
  };
}
