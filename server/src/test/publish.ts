import { modelToTensors } from '@pocketrocket/engine';
import { ITEM_IDS, USER_IDS, type ManifestDraft, type Tensor } from '@pocketrocket/model/artifact';
import type { LoadedModel } from '@pocketrocket/model';

/** A model in memory as a trainer would publish it. */
export function toArtifact({ manifest, recommender, items, users }: LoadedModel): {
  draft: ManifestDraft;
  tensors: Record<string, Tensor>;
} {
  const { format: _format, version: _version, tensors: _tensors, ...draft } = manifest;
  return {
    draft,
    tensors: {
      ...modelToTensors(recommender),
      [ITEM_IDS]: { shape: [items.size], data: items.ids },
      [USER_IDS]: { shape: [users.size], data: users.ids },
    },
  };
}
