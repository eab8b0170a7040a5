import { z } from 'zod';

/** The file format that this code writes and reads. */
export const ARTIFACT_FORMAT = 1;

/** The name under which TensorFlow Serving and PocketRocket find the model's versions. */
export const MODEL_NAME = 'recmodel';

const tensorSchema = z.object({
  /** File name in `assets.extra/`. */
  file: z.string().regex(/^[\w.-]+$/),
  dtype: z.enum(['float32', 'int32']),
  /** Row-major extents. */
  shape: z.array(z.number().int().nonnegative()),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().length(64),
});

const metricsSchema = z.record(z.string(), z.number());

const settingsSchema = z.record(z.string(), z.unknown());

const calibrationSchema = z.object({ slope: z.number(), intercept: z.number() });

/** What a manifest's `serving` must hold for this version's models to be put together. */
export const servingSettingsSchema = z.object({
  userVector: z.enum(['mean', 'recency']),
  recencyTau: z.number().positive(),
  neuralCFWeight: z.number().min(0).max(1),
  calibration: z.object({ ranked: calibrationSchema, retrieval: calibrationSchema }),
  numCandidates: z.number().int().positive(),
});

/** What a model artifact is: from which data, how made, how good. Stands beside the vectors as `manifest.json`. */
export const manifestSchema = z.object({
  format: z.literal(ARTIFACT_FORMAT),
  version: z.number().int().positive(),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** `quick` is the recipe of the first start; `full` the one for quality. */
  recipe: z.enum(['quick', 'full']),
  seed: z.number().int().nonnegative(),
  dataset: z.object({ name: z.string(), identity: z.string(), synthetic: z.boolean() }),
  /** Of the data the served model was fitted on. */
  counts: z.object({
    users: z.number().int().nonnegative(),
    items: z.number().int().nonnegative(),
    interactions: z.number().int().nonnegative(),
  }),
  /** Each model by name with the settings it was fitted with. */
  algorithms: z.record(z.string(), settingsSchema),
  /** How the parts are put together when serving. */
  serving: settingsSchema,
  /** The evaluation before the refit on everything; metrics per model. */
  evaluation: z.object({
    protocol: z.string(),
    seed: z.number().int(),
    users: z.number().int(),
    models: z.record(z.string(), metricsSchema),
  }),
  tensors: z.record(z.string(), tensorSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** A dense array with its extents. */
export interface Tensor {
  /** Row-major extents. */
  shape: number[];
  data: Float32Array | Int32Array;
}

/** A model as it lies on disk: what it is, and its numbers by name. */
export interface Artifact {
  manifest: Manifest;
  tensors: Record<string, Tensor>;
}

/** The tensors that hold external ids by dense row. */
export const ITEM_IDS = 'itemIds';
export const USER_IDS = 'userIds';
