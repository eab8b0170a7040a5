import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const RANKERS = ['engine', 'tfjs', 'tf-serving'] as const;

const RETRIEVALS = ['process', 'redis'] as const;

const redisUrl = z
  .string()
  .refine(
    isRedisUrl,
    'must be redis://user:password@host:port/database, or rediss: for TLS; only the host is needed',
  );

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(10_000),
  MAX_REQUESTS_IN_FLIGHT: z.coerce.number().int().min(1).max(100_000).default(1_000),
  SHUTDOWN_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(1_000),
  POCKETROCKET_HOME: z.string().min(1).default('./var'),
  DATABASE_URL: z.string().optional(),
  MODEL_DIR: z.string().min(1).optional(),
  MOVIELENS_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http: or https: address' })
    .default('https://files.grouplens.org/datasets/movielens'),
  REDIS_URL: redisUrl.optional(),
  RETRIEVAL: z.enum(RETRIEVALS, { error: `must be one of ${RETRIEVALS.join(', ')}` }).default('process'),
  RANKER: z.enum(RANKERS, { error: `must be one of ${RANKERS.join(', ')}` }).default('engine'),
  TF_SERVING_URL: z
    .string()
    .refine(
      isOrigin,
      'must be an origin such as http://127.0.0.1:8501, without a path: MODEL_NAME names the model',
    )
    .optional(),
  MODEL_NAME: z.string().min(1).default('recmodel'),
  RANKER_TIMEOUT_MS: z.coerce.number().int().min(1).max(60_000).default(250),
  TF_SERVING_WAIT_MS: z.coerce.number().int().min(0).max(3_600_000).default(30_000),
  SHADOW_RANKER: z.enum(RANKERS, { error: `must be one of ${RANKERS.join(', ')}` }).optional(),
  SHADOW_SAMPLE: z.coerce.number().min(0).max(1).default(0.01),
  SAVED_MODEL_DIR: z.string().min(1).optional(),
  JWT_SECRET: z.string().optional(),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  STEP_TIMES: z.stringbool().default(false),
  PROFILE_RATINGS: z.coerce.number().int().min(0).default(500_000),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .pipe(
      z.array(
        z.string().refine((origin) => origin === '*' || isOrigin(origin), {
          error: ({ input }) => `${String(input)} is not an origin such as https://movies.example`,
        }),
      ),
    ),
});

/** The names of all settings, as variables of the environment. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

/** The settings of every PocketRocket process. */
export interface Config {
  /** Address the server listens on. */
  host: string;
  /** Port the server listens on; 0 picks a free one. */
  port: number;
  /** Milliseconds after which a request is answered whatever it still waits for. */
  requestTimeoutMs: number;
  /** How many GraphQL requests are worked on at once; more are refused. */
  maxRequestsInFlight: number;
  /** Milliseconds for which a server that was told to stop says that it is not ready before it stops listening. */
  shutdownDelayMs: number;
  /** Folder for the database file, models, downloads; absolute. */
  home: string;
  /** `sqlite:<absolute file>` or `mysql://user:password@host:port/database?parameters`; see `parseMysqlUrl`. */
  databaseUrl: string;
  /** Folder that holds `recmodel/<version>/`; absolute. */
  modelDir: string;
  /** `redis://user:password@host:port/database`, where models are shared and counters kept; null without Redis. */
  redisUrl: string | null;
  /** What finds candidates: exact search in this process, or the vector set in Redis. */
  retrieval: (typeof RETRIEVALS)[number];
  /** What scores candidates by NeuralCF: the engine, TensorFlow in this process, or TensorFlow Serving. */
  ranker: (typeof RANKERS)[number];
  /** Origin of TensorFlow Serving's REST API; always there with that ranker. */
  tfServingUrl: string | null;
  /** Under which name TensorFlow Serving and Redis have the model. */
  modelName: string;
  /** Milliseconds that TensorFlow Serving may take to rank one list; then the engine does. */
  rankerTimeoutMs: number;
  /** Milliseconds that TensorFlow Serving may take to load a published version before it serves all the same. */
  tfServingWaitMs: number;
  /** What scores a sample of lists a second time, to compare; null for nothing. */
  shadowRanker: (typeof RANKERS)[number] | null;
  /** Which share of lists, 0 to 1. */
  shadowSample: number;
  /** Folder of the SavedModel that the ranker `tfjs` scores with; absolute, and always there with that ranker. */
  savedModelDir: string | null;
  /** Folder of GroupLens' file server, or of a mirror, that holds `<data set>.zip`; without a closing slash. */
  movielensUrl: string;
  /** What tokens of signed-in users are signed with; null where it is not set. */
  jwtSecret: string | null;
  /** Whether weak secrets are refused: `NODE_ENV=production`. */
  production: boolean;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Whether `/steptimes` tells where the time of requests went. */
  stepTimes: boolean;
  /** Ratings in the profiles of users that are kept in memory, of all users together; about 80 bytes each. */
  profileRatings: number;
  /** Origins whose pages may call the API; `*` for any; empty for the server's own pages only. */
  corsOrigins: string[];
}

/** Lists what is wrong with a database's URL, each problem as the end of a sentence; empty where it can be used. */
export type CheckDatabaseUrl = (url: string) => readonly string[];

/**
 * Reads the settings from an environment; empty variables count as unset.
 * @param checkDatabaseUrl the dialects' check, `databaseUrlProblems` of `@pocketrocket/schema/database`
 * @throws AppError CONFIG_INVALID naming every variable that is wrong, at once
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  checkDatabaseUrl: CheckDatabaseUrl,
): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const databaseUrl = z.string().check(({ value, issues }) => {
    for (const message of checkDatabaseUrl(value)) issues.push({ code: 'custom', message, input: value });
  });
  const parsed = environment.extend({ DATABASE_URL: databaseUrl.optional() }).safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
    throw new AppError('CONFIG_INVALID', `these settings are wrong:\n${problems.join('\n')}`);
  }
  const settings = parsed.data;
  for (const variable of ['RANKER', 'SHADOW_RANKER'] as const) {
    if (settings[variable] === 'tfjs' && settings.SAVED_MODEL_DIR === undefined) {
      throw new AppError(
        'CONFIG_INVALID',
        `${variable}=tfjs needs SAVED_MODEL_DIR, the folder of the SavedModel to score with`,
      );
    }
    if (settings[variable] === 'tf-serving' && settings.TF_SERVING_URL === undefined) {
      throw new AppError(
        'CONFIG_INVALID',
        `${variable}=tf-serving needs TF_SERVING_URL, the origin of its REST API such as http://127.0.0.1:8501`,
      );
    }
  }
  if (settings.RETRIEVAL === 'redis' && settings.REDIS_URL === undefined) {
    throw new AppError(
      'CONFIG_INVALID',
      'RETRIEVAL=redis needs REDIS_URL, the server that holds the vectors, such as redis://127.0.0.1:6379',
    );
  }
  if (settings.SHADOW_RANKER === settings.RANKER) {
    throw new AppError(
      'CONFIG_INVALID',
      `SHADOW_RANKER is ${settings.RANKER}, as RANKER is: there is nothing to compare`,
    );
  }
  const home = resolve(settings.POCKETROCKET_HOME);
  return {
    host: settings.HOST,
    port: settings.PORT,
    requestTimeoutMs: settings.REQUEST_TIMEOUT_MS,
    maxRequestsInFlight: settings.MAX_REQUESTS_IN_FLIGHT,
    shutdownDelayMs: settings.SHUTDOWN_DELAY_MS,
    home,
    databaseUrl: settings.DATABASE_URL ?? `sqlite:${resolve(home, 'pocketrocket.sqlite')}`,
    modelDir: resolve(settings.MODEL_DIR ?? resolve(home, 'models')),
    redisUrl: settings.REDIS_URL ?? null,
    retrieval: settings.RETRIEVAL,
    ranker: settings.RANKER,
    savedModelDir: settings.SAVED_MODEL_DIR === undefined ? null : resolve(settings.SAVED_MODEL_DIR),
    tfServingUrl: settings.TF_SERVING_URL ?? null,
    modelName: settings.MODEL_NAME,
    rankerTimeoutMs: settings.RANKER_TIMEOUT_MS,
    tfServingWaitMs: settings.TF_SERVING_WAIT_MS,
    shadowRanker: settings.SHADOW_RANKER ?? null,
    shadowSample: settings.SHADOW_SAMPLE,
    movielensUrl: settings.MOVIELENS_URL.replace(/\/+$/, ''),
    jwtSecret: settings.JWT_SECRET ?? null,
    production: settings.NODE_ENV === 'production',
    logLevel: settings.LOG_LEVEL,
    stepTimes: settings.STEP_TIMES,
    profileRatings: settings.PROFILE_RATINGS,
    corsOrigins: settings.CORS_ORIGINS,
  };
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function isRedisUrl(text: string): boolean {
  if (!/^rediss?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname } = new URL(text);
  return hostname !== '' && /^\/?\d*$/.test(pathname);
}
