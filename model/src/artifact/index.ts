/** The model artifact on disk: `<model dir>/recmodel/<version>/assets.extra/`. */
export {
  ARTIFACT_FORMAT,
  gateSchema,
  ITEM_IDS,
  ITEM_VECTORS,
  manifestSchema,
  MODEL_NAME,
  servingSettingsSchema,
  USER_IDS,
  type Artifact,
  type Gate,
  type Manifest,
  type Tensor,
} from './manifest.ts';
export { releaseOf } from './release.ts';
export {
  artifactDir,
  findManifest,
  fromLittleEndian,
  listVersions,
  misfitOf,
  publishArtifact,
  readArtifact,
  readManifest,
  requireFiles,
  removeStaleStaging,
  toLittleEndian,
  versionDir,
  writeVersionFile,
  type DataAtHand,
  type ExtraFile,
  type ManifestDraft,
} from './store.ts';
export {
  isRefusedByGate,
  pruneVersions,
  versionsToPrune,
  publishVersion,
  readCurrentVersion,
  rollbackVersion,
  servedArtifact,
  servingOrder,
  type CurrentVersion,
  type RefusedVersion,
} from './current.ts';
export {
  clearTrainingProgress,
  parseTrainingProgress,
  readTrainingProgress,
  writeTrainingProgress,
  type TrainingProgress,
} from './trainingProgress.ts';
export { noSuchVersion, readVersions, type PublicationState, type VersionSummary } from './versions.ts';
