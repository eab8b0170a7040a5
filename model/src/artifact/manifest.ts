import type { Tensor } from '@pocketrocket/engine';
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

const calibrationSchema = z.object({
  slope: z.number(),
  intercept: z.number(),
  knot: z.number().optional(),
});

/** Schema of a manifest's `serving` from which this release can put its models together. */
export const servingSettingsSchema = z.object({
  retrievalWeights: z.record(z.string(), z.number().min(0)),
  rankingWeights: z.record(z.string(), z.number().min(0)),
  calibration: z.object({ ranked: calibrationSchema, retrieval: calibrationSchema }),
  numCandidates: z.number().int().positive(),
  dislikeWeight: z.number().min(0).optional(),
});

const intervalSchema = z.object({ mean: z.number(), low: z.number(), high: z.number() });

/** The gate's decision on a version, with the comparison behind it. */
export const gateSchema = z.object({
  /** `unmeasured` where the data are too few to hold any out. */
  decision: z.enum(['passed', 'refused', 'unmeasured']),
  /** Published in spite of a refusal, by `--force`. */
  forced: z.boolean(),
  /** Why it was refused, or what could not be compared; in words. */
  reasons: z.array(z.string()),
  /** The metric that is compared, as a mean over the held-out users. */
  metric: z.literal('ndcgAt10'),
  users: z.number().int().nonnegative(),
  /** Means on the same split; null where nothing was measured, or where nothing served that could be fitted again. */
  candidate: z.number().nullable(),
  popularity: z.number().nullable(),
  serving: z.object({ version: z.number().int().positive(), mean: z.number() }).nullable(),
  /** Of candidate − serving, with its 95 % paired bootstrap interval over users. */
  difference: intervalSchema.nullable(),
});

export type Gate = z.infer<typeof gateSchema>;

/** Description of a model artifact: its data, its recipe, its quality. Stored beside the tensors as `manifest.json`. */
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
  /** Users of apps among these, their ratings, and movies that apps had added; absent in older versions. */
  overlay: z
    .object({
      users: z.number().int().nonnegative(),
      ratings: z.number().int().nonnegative(),
      movies: z.number().int().nonnegative(),
    })
    .optional(),
  /** Each model by name with the settings it was fitted with. */
  algorithms: z.record(z.string(), settingsSchema),
  /** Settings that put the parts together when serving. */
  serving: settingsSchema,
  /** The evaluation before the refit on everything; metrics per model. */
  evaluation: z.object({
    protocol: z.string(),
    seed: z.number().int(),
    users: z.number().int(),
    models: z.record(z.string(), metricsSchema),
  }),
  /** The recipe whole, sized for the data: enough to fit it again on another split. Absent in older versions. */
  recipeSettings: z
    .object({
      /** True where weights were chosen on an inner split. */
      isTuned: z.boolean(),
      /** Minutes that training was given; absent without a limit. */
      budgetMinutes: z.number().positive().optional(),
      /** Why these models and settings, in sentences. */
      reasons: z.array(z.string()),
      models: settingsSchema,
    })
    .optional(),
  /** Absent in versions made before there was a gate. */
  gate: gateSchema.optional(),
  tensors: z.record(z.string(), tensorSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;

export type { Tensor };

/** A model as it lies on disk: what it is, and its numbers by name. */
export interface Artifact {
  manifest: Manifest;
  tensors: Record<string, Tensor>;
}

/** The tensors that hold external ids by dense row. */
export const ITEM_IDS = 'itemIds';
export const USER_IDS = 'userIds';
/** The tensor that candidates are searched in, [items × dim]: item2vec's OUT vectors. */
export const ITEM_VECTORS = 'item2vec.outVectors';
