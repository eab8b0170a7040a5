/** The model artifact on disk: `<model dir>/recmodel/<version>/assets.extra/`. */
export {
  ARTIFACT_FORMAT,
  ITEM_IDS,
  manifestSchema,
  MODEL_NAME,
  servingSettingsSchema,
  USER_IDS,
  type Artifact,
  type Manifest,
  type Tensor,
} from './manifest.ts';
export {
  listVersions,
  misfitOf,
  newestFittingArtifact,
  publishArtifact,
  readArtifact,
  readManifest,
  removeStaleStaging,
  versionDir,
  type DataAtHand,
  type ManifestDraft,
  type RefusedVersion,
} from './store.ts';
export {
  clearTrainingProgress,
  readTrainingProgress,
  writeTrainingProgress,
  type TrainingProgress,
} from './trainingProgress.ts';
