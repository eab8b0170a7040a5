import { z } from 'zod';

/** The version of `report.json` that this code writes and reads. */
export const REPORT_FORMAT = 1;

const count = z.number().int().nonnegative();
const intervalSchema = z.object({ mean: z.number(), low: z.number(), high: z.number() });
const figuresSchema = z.record(z.string(), z.number());

/** Count of the things that have between `from` and `to` of something, both ends included. */
const binSchema = z.object({ from: count, to: count, count });

const distributionSchema = z.object({
  min: z.number(),
  median: z.number(),
  mean: z.number(),
  max: z.number(),
  /** Ascending; each but the first twice as wide as the one before. */
  bins: z.array(binSchema),
});

const modelMeasuresSchema = z.object({
  /** Accuracy by metric with its 95 % interval. */
  accuracy: z.record(z.string(), intervalSchema),
  /** Measures of the first ten of a list; null where a few negatives decide which movies can be on it. */
  beyondAccuracy: figuresSchema.nullable(),
});

const listedMovieSchema = z.object({ title: z.string(), genres: z.array(z.string()) });

/** Everything that a training run's report shows, as plain JSON: the page is made from it alone. */
export const runReportSchema = z.object({
  format: z.literal(REPORT_FORMAT),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  version: z.number().int().positive(),
  dataset: z.object({
    name: z.string(),
    identity: z.string(),
    /** True for synthetic ratings. */
    synthetic: z.boolean(),
    users: count,
    movies: count,
    ratings: count,
    /** In stars; null without ratings. */
    meanRating: z.number().nullable(),
    /** Ascending by stars. */
    ratingHistogram: z.array(z.object({ stars: z.number(), count })),
    ratingsPerUser: distributionSchema.nullable(),
    ratingsPerMovie: distributionSchema.nullable(),
    /** ISO 8601; null where no time is known. */
    firstRatedAt: z.iso.datetime().nullable(),
    lastRatedAt: z.iso.datetime().nullable(),
    ratingsWithoutTime: count,
    /** Ascending, without gaps. */
    ratingsPerYear: z.array(z.object({ year: z.number().int(), count })),
  }),
  recipe: z.object({
    name: z.string(),
    seed: count,
    /** Settings by model. */
    algorithms: z.record(z.string(), z.record(z.string(), z.unknown())),
    serving: z.record(z.string(), z.unknown()),
    /** Why these models were chosen for these data, one sentence each. */
    choices: z.array(z.string()),
  }),
  /** Mean loss after each epoch, one curve a fit. */
  lossCurves: z.array(
    z.object({
      model: z.string(),
      /** Name of the rows it was fitted on, such as `split`. */
      data: z.string(),
      /** `ndcgAt10` of held-out items, where a fit that stops early measured it. */
      points: z.array(z.object({ epoch: count, loss: z.number(), ndcgAt10: z.number().optional() })),
    }),
  ),
  /** Null where nothing could be held out. */
  evaluation: z
    .object({
      protocol: z.string(),
      seed: count,
      users: count,
      models: z.record(z.string(), modelMeasuresSchema),
      /** The same for the users whose times are all known. */
      timestampedUsers: z.object({ users: count, models: z.record(z.string(), modelMeasuresSchema) }),
    })
    .nullable(),
  /** The gate's decision on publishing the run's model; null where nothing was decided. */
  gate: z
    .object({
      decision: z.string(),
      /** Published in spite of a refusal. */
      forced: z.boolean(),
      reasons: z.array(z.string()),
      /** nDCG@10 of the model, of popularity and of what serves, on the same held-out users; absent where not measured. */
      candidate: z.number().nullish(),
      popularity: z.number().nullish(),
      serving: z.object({ version: count, mean: z.number() }).nullish(),
      /** The model's mean minus that of what serves, with its 95 % interval. */
      difference: z.object({ mean: z.number(), low: z.number(), high: z.number() }).nullish(),
    })
    .nullable(),
  /** Each model's share of the served score. */
  weights: figuresSchema,
  /** Change of each metric when one part is left out. */
  ablation: z.array(z.object({ part: z.string(), change: figuresSchema })),
  /** Measures of the first ten movies served to users, beside those of the most popular ones. */
  servedLists: z.object({ users: count, models: z.record(z.string(), figuresSchema) }),
  /** A two-dimensional projection of the item embedding; null where there are too few movies for one. */
  itemMap: z
    .object({
      method: z.string(),
      /** Movies that have an embedding; the map shows the most rated of them. */
      movies: count,
      points: z.array(
        listedMovieSchema.extend({
          /** The one of its genres that tells most about it. */
          genre: z.string(),
          ratings: count,
          x: z.number(),
          y: z.number(),
        }),
      ),
    })
    .nullable(),
  exampleUsers: z.array(
    z.object({
      userId: count,
      ratings: count,
      /** Newest first. */
      history: z.array(
        listedMovieSchema.extend({
          stars: z.number(),
          /** Its share of the sequence model's score of the first recommended movie; absent without that model. */
          adds: z.number().optional(),
        }),
      ),
      /** Best first. */
      recommended: z.array(listedMovieSchema.extend({ score: z.number() })),
    }),
  ),
});

export type RunReport = z.infer<typeof runReportSchema>;
export type Distribution = z.infer<typeof distributionSchema>;
export type LossCurve = RunReport['lossCurves'][number];
export type ItemMap = NonNullable<RunReport['itemMap']>;
