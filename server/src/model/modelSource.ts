import {
  readArtifact,
  readManifest,
  releaseOf,
  servingOrder,
  type Artifact,
} from '@pocketrocket/model/artifact';
import { AppError } from '@pocketrocket/runtime';

/** A version that may serve. */
export interface PublishedVersion {
  version: number;
  /** Tells it from another one that bears the same number, as after starting over. */
  identity: string;
  /** @throws AppError ARTIFACT_INVALID where it is not whole */
  read(): Promise<Artifact>;
}

/** An artifact that serves, by its full name. */
export interface ServedArtifact {
  release: string;
  artifact: Artifact;
}

/** A place where models are published. */
export interface ModelSource {
  /** For messages, such as `the model directory`. */
  readonly name: string;
  /** The version to serve, then those to fall back to, in this order. Cheap where nothing has changed. */
  versions(): Promise<PublishedVersion[]>;
  /** Why what is published may not be seen just now; null where it is. */
  absence?(): string | null;
  /** Told after each look what serves now. */
  served?(serving: ServedArtifact | null): void;
}

/** The model directory, `<model dir>/recmodel/`. */
export function directorySource(modelDir: string): ModelSource {
  return {
    name: 'the model directory',
    async versions() {
      const versions = await servingOrder(modelDir);
      return Promise.all(
        versions.map(async (version) => ({
          version,
          identity: await identityOf(modelDir, version),
          read: () => readArtifact(modelDir, version),
        })),
      );
    },
  };
}

async function identityOf(modelDir: string, version: number): Promise<string> {
  try {
    return releaseOf(await readManifest(modelDir, version));
  } catch (error) {
    if (error instanceof AppError && error.code === 'ARTIFACT_INVALID') return error.message;
    throw error;
  }
}
