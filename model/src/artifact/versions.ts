import { AppError } from '@pocketrocket/runtime';
import { isRefusedByGate, servingOrder } from './current.ts';
import type { Manifest } from './manifest.ts';
import { listVersions, readManifest, requireFiles } from './store.ts';

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

/**
 * Every version in a model directory, newest first; `served` is the first in the order of serving that is whole, as servers pass the
 * others over.
 * @param most the newest so many alone; no more manifests are read than these and those that are tried first
 */
export async function readVersions(modelDir: string, most = Infinity): Promise<VersionSummary[]> {
  const order = await servingOrder(modelDir);
  const manifests = new Map<number, Manifest | AppError>();
  const manifestOf = async (version: number): Promise<Manifest | AppError> => {
    const known = manifests.get(version);
    if (known !== undefined) return known;
    const manifest = await readWholeManifest(modelDir, version).catch((error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    });
    manifests.set(version, manifest);
    return manifest;
  };
  const served = await firstWhole(order, manifestOf);
  const newest = (await listVersions(modelDir)).slice(0, most);
  const summaries: VersionSummary[] = [];
  for (const version of newest)
    summaries.push(summaryOf(version, await manifestOf(version), { served, order }));
  return summaries;
}

async function firstWhole(
  order: readonly number[],
  manifestOf: (version: number) => Promise<Manifest | AppError>,
): Promise<number | null> {
  for (const version of order) if (!((await manifestOf(version)) instanceof AppError)) return version;
  return null;
}

function summaryOf(
  version: number,
  manifest: Manifest | AppError,
  { served, order }: { served: number | null; order: readonly number[] },
): VersionSummary {
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
}

/** The error for a version that is not there. */
export function noSuchVersion(version: number, modelDir: string): AppError {
  return new AppError('NOT_FOUND', `there is no version ${version} in ${modelDir}; \`list\` shows all`);
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
