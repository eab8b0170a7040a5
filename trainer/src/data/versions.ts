import {
  isRefusedByGate,
  listVersions,
  readManifest,
  requireFiles,
  servingOrder,
  type Manifest,
} from '@pocketrocket/model/artifact';
import { AppError } from '@pocketrocket/runtime';

/** State of a version; `earlier` was served before. */
export type PublicationState = 'served' | 'earlier' | 'refused' | 'unpublished' | 'broken';

/** A version as lists show it; what a broken one does not tell is null. */
export interface VersionSummary {
  version: number;
  state: PublicationState;
  createdAt: string | null;
  recipe: string | null;
  dataset: string | null;
  interactions: number | null;
  /** Of the pipeline and of popularity on the version's own split: not comparable between versions of other data. */
  ndcgAt10: number | null;
  popularityNdcgAt10: number | null;
  /** Why it is broken; null where it is whole. */
  problem: string | null;
  manifest: Manifest | null;
}

/** Every version in a model directory, newest first; `served` is the first in the order of serving that is whole, as servers pass the others over. */
export async function readVersions(modelDir: string): Promise<VersionSummary[]> {
  const order = await servingOrder(modelDir);
  const manifests = new Map<number, Manifest | AppError>();
  for (const version of await listVersions(modelDir))
    manifests.set(
      version,
      await readWholeManifest(modelDir, version).catch((error: unknown) => {
        if (error instanceof AppError) return error;
        throw error;
      }),
    );
  const served = order.find((version) => {
    const manifest = manifests.get(version);
    return manifest !== undefined && !(manifest instanceof AppError);
  });
  return [...manifests].map(([version, manifest]) => {
    if (manifest instanceof AppError) return brokenVersion(version, manifest.message);
    const state = (): PublicationState => {
      if (version === served) return 'served';
      if (order.includes(version)) return 'earlier';
      return isRefusedByGate(manifest) ? 'refused' : 'unpublished';
    };
    const { createdAt, recipe, dataset, counts, evaluation } = manifest;
    return {
      version,
      state: state(),
      createdAt,
      recipe,
      dataset: dataset.name,
      interactions: counts.interactions,
      ndcgAt10: evaluation.models['pipeline']?.['ndcgAt10'] ?? null,
      popularityNdcgAt10: evaluation.models['popularity']?.['ndcgAt10'] ?? null,
      problem: null,
      manifest,
    };
  });
}

/** The manifest of a version whose files are there. @throws AppError ARTIFACT_INVALID */
async function readWholeManifest(modelDir: string, version: number): Promise<Manifest> {
  const manifest = await readManifest(modelDir, version);
  await requireFiles(modelDir, manifest);
  return manifest;
}

function brokenVersion(version: number, problem: string): VersionSummary {
  return {
    version,
    state: 'broken',
    createdAt: null,
    recipe: null,
    dataset: null,
    interactions: null,
    ndcgAt10: null,
    popularityNdcgAt10: null,
    problem,
    manifest: null,
  };
}
