import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { readExperiments, type Experiment } from './experiments.ts';

/** So much of a wrong value is told. */
const MAX_SHOWN = 60;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const RANKERS = ['engine', 'tfjs', 'tf-serving'] as const;

const TF_SERVING_VERSIONS = ['artifact', 'any'] as const;

const ENVIRONMENTS = ['production', 'development', 'test'] as const;

const RETRIEVALS = ['process', 'redis'] as const;

/** A value in a message, without the password of a URL; for no setting that is a secret. */
function shown(value: unknown): string {
  const text = String(value).replace(/(:\/\/)[^/]*@/, '$1…@');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function quoted(value: unknown): string {
  return JSON.stringify(shown(value));
}

function oneOf<const T extends readonly string[]>(choices: T, wanted = `one of ${choices.join(', ')}`) {
  return z.enum(choices, { error: ({ input }) => `must be ${wanted}, not ${quoted(input)}` });
}

const trueOrFalse = z.stringbool({
  error: ({ input }) => `must be true or false, not ${quoted(input)}`,
});

/** A number within bounds, which are both in its message. */
function number(min: number, max = Infinity) {
  return numeric('a number', min, max, Number.isFinite);
}

/** A whole number within bounds, which are both in its message. */
function wholeNumber(min: number, max = Infinity) {
  return numeric('a whole number', min, max, Number.isSafeInteger);
}

function numeric(kind: string, min: number, max: number, isOfKind: (value: number) => boolean) {
  const bounds = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
  return z.string().transform((text, context) => {
    const value = Number(text);
    if (isOfKind(value) && value >= min && value <= max) return value;
    context.addIssue({ code: 'custom', message: `must be ${kind} ${bounds}, not ${quoted(text)}` });
    return z.NEVER;
  });
}

const address = z.string().refine(isAddress, {
  error: ({ input }) => `must be an IP address or a host name, without a port, not ${quoted(input)}`,
});

const ranker = oneOf(RANKERS);

const path = z
  .string()
  .min(1)
  .transform((text) => resolve(text));

/** Entries separated by commas. */
function list(entry: z.ZodType<string, string>) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .pipe(z.array(entry));
}

/** Experiments as JSON, or the path of a file of it. */
const experiments = z.string().transform((text, context): Experiment[] => {
  if (text === '') return [];
  const read = readExperiments(text);
  if ('experiments' in read) return read.experiments;
  context.addIssue({ code: 'custom', message: read.problem });
  return z.NEVER;
});

/** Headers as OpenTelemetry's variables write them: `name=value` separated by commas, values percent-encoded. */
const headers = list(
  z.string().refine((pair) => /^[\w!#$%&'*+.^`|~-]+\s*=/.test(pair) && isEncoded(pair), {
    error: ({ input }) =>
      `${String(input).split('=')[0]} is not name=value with a percent-encoded value; separate several by commas`,
  }),
).transform((pairs) =>
  Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
    }),
  ),
);

declare module 'zod' {
  interface GlobalMeta {
    /** The variable of the environment that a setting is read from. */
    variable?: string;
    /** The text that counts where the variable is unset; null where the setting is then absent. */
    defaultText?: string | null;
  }
}

/**
 * Every setting, once: its name in the code, how its text becomes its value, the variable it is read from, its default, and
 * what it does, as `docs/settings.md` prints it.
 */
const settings = z.object({
  host: address.meta({
    variable: 'HOST',
    defaultText: '127.0.0.1',
    description: 'Address that the server listens on. `0.0.0.0` accepts connections from other machines.',
  }),
  port: wholeNumber(0, 65_535).meta({
    variable: 'PORT',
    defaultText: '4000',
    description: 'Port that the server listens on; `0` picks a free one.',
  }),
  requestTimeoutMs: wholeNumber(100, 600_000).meta({
    variable: 'REQUEST_TIMEOUT_MS',
    defaultText: '10000',
    description:
      'Deadline of a request in milliseconds, 100 to 600000. Fields that are not ready half a second before it (a tenth of it, if that is less) fail alone, and database statements end with it; if even that does not help, the answer is 503 with `retry-after: 1`.',
  }),
  maxRequestsInFlight: wholeNumber(1, 100_000).meta({
    variable: 'MAX_REQUESTS_IN_FLIGHT',
    defaultText: '1000',
    description:
      'Load shedding: at most this many GraphQL requests are processed at once. The server answers further ones with 503 and `retry-after: 1`.',
  }),
  workers: wholeNumber(1, 64).nullable().meta({
    variable: 'WORKERS',
    defaultText: null,
    description:
      'Number of API threads, 1 to 64; each has its own connections to the database. Unset, one per core, as far as memory allows: 384 MB of the heap limit for each, and 384 MB of the memory of machine or container beyond the first 256. SQLite in WebAssembly serves from one.',
  }),
  trustedProxies: list(
    z.string().refine(isNetwork, {
      error: ({ input }) => `${shown(input)} is not an address or a range such as 10.0.0.0/8`,
    }),
  ).meta({
    variable: 'TRUSTED_PROXIES',
    defaultText: '',
    description:
      "Addresses and CIDR ranges of proxies, separated by commas, whose `X-Forwarded-For` names the client that limits count by; also `loopback`, `linklocal` and `uniquelocal`. Unset, the connection's address counts.",
  }),
  maxCost: wholeNumber(100, 10_000_000).meta({
    variable: 'MAX_COST',
    defaultText: '5000',
    description:
      "Largest cost of a GraphQL operation, estimated before it runs; one unit is 50 µs of this server's CPU. Dearer operations are refused.",
  }),
  maxAnswerBytes: wholeNumber(10_000, 500_000_000).meta({
    variable: 'MAX_ANSWER_BYTES',
    defaultText: '8000000',
    description:
      'Largest answer to a GraphQL operation in bytes, before compression. One that turns out longer while it is written is replaced by an error.',
  }),
  publicMaxAgeSeconds: wholeNumber(0, 86_400).meta({
    variable: 'PUBLIC_MAX_AGE',
    defaultText: '60',
    description:
      'Seconds for which browsers, CDNs and the server itself keep the answer to a registered query by GET that tells everybody the same. `0`: they ask each time, and get 304 for what has not changed.',
  }),
  renderPages: oneOf(['on', 'off'], 'on or off')
    .transform((choice) => choice === 'on')
    .meta({
      variable: 'RENDER_PAGES',
      defaultText: 'on',
      description:
        "`on`: a thread of the server renders the portal's pages as visitors see them of whom nothing is known, and browsers take over from there. `off`: browsers render everything, as they do where the portal is deployed alone.",
    }),
  pageCacheMb: number(0, 4_096).meta({
    variable: 'PAGE_CACHE_MB',
    defaultText: '16',
    description:
      'Megabytes of rendered pages that the server keeps, each for `PUBLIC_MAX_AGE` seconds, by address, language and model. `0` keeps none.',
  }),
  trustedDocuments: path.nullable().meta({
    variable: 'TRUSTED_DOCUMENTS',
    defaultText: null,
    description:
      'File of operations that clients may ask for by name from the start: a JSON object of names, such as SHA-256 hashes, and texts, or a manifest of Apollo Client. Unset, clients register their own.',
  }),
  warmUpMs: wholeNumber(0, 120_000).meta({
    variable: 'WARM_UP_MS',
    defaultText: '4000',
    description:
      'Longest time in milliseconds for which each API thread makes lists for itself after the start, until they take no less time than before. The server answers meanwhile, but `/readyz` calls it ready only then. `0` for none.',
  }),
  shutdownDelayMs: wholeNumber(0, 60_000).meta({
    variable: 'SHUTDOWN_DELAY_MS',
    defaultText: '1000',
    description:
      'Graceful shutdown: milliseconds for which a server that received SIGTERM reports that it is not ready before it stops listening. It must exceed the interval at which a load balancer probes.',
  }),
  home: path.meta({
    variable: 'POCKETROCKET_HOME',
    defaultText: './var',
    description:
      'Folder for the database file, models, downloads, temporary import files and the generated sign-in secret.',
  }),
  databaseUrl: z.string().nullable().meta({
    variable: 'DATABASE_URL',
    defaultText: null,
    description:
      'Database: `sqlite:<file>` or `mysql://user:password@host:port/database`, with connection limits, timeouts and TLS as parameters of the URL. Unset, it is `sqlite:$POCKETROCKET_HOME/pocketrocket.sqlite`.',
  }),
  modelDir: path.nullable().meta({
    variable: 'MODEL_DIR',
    defaultText: null,
    description: 'Folder that holds the model versions. Unset, it is `$POCKETROCKET_HOME/models`.',
  }),
  sparkPython: path.nullable().meta({
    variable: 'PYSPARK_PYTHON',
    defaultText: null,
    description:
      'Python with `pyspark` and `numpy`, by which `train --engine spark` and `npm run spark` run Spark (spark.md). Unset, it is `$POCKETROCKET_HOME/spark/bin/python`.',
  }),
  movielensUrl: z
    .url({ protocol: /^https?$/, error: 'must be an http: or https: address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .meta({
      variable: 'MOVIELENS_URL',
      defaultText: 'https://files.grouplens.org/datasets/movielens',
      description:
        "Address from which `<data set>.zip` is downloaded: GroupLens' file server or a mirror of it.",
    }),
  redisUrl: z
    .string()
    .refine(
      isRedisUrl,
      'must be redis://user:password@host:port/database, or rediss: for TLS; only the host is needed',
    )
    .nullable()
    .meta({
      variable: 'REDIS_URL',
      defaultText: null,
      description:
        'Redis server `redis://user:password@host:port/database`, or `rediss:` for TLS, through which servers and trainers share models and servers count sign-in attempts together. Redis 8 for vector sets, 7.0 or later for the rest. Unset, nothing is shared.',
    }),
  retrieval: oneOf(RETRIEVALS).meta({
    variable: 'RETRIEVAL',
    defaultText: 'process',
    description:
      "Where candidates are found. `process` searches in the server's process, exactly and by the scores of all models; `redis` searches the vector set in Redis by item2vec alone and needs `REDIS_URL`.",
  }),
  ranker: ranker.meta({
    variable: 'RANKER',
    defaultText: 'engine',
    description:
      "What scores candidates by NeuralCF: `engine` in the server's process; `tf-serving` by TensorFlow Serving at `TF_SERVING_URL`; `tfjs` by the SavedModel in `SAVED_MODEL_DIR`, with TensorFlow.js in the server's process.",
  }),
  tfServingUrl: z
    .string()
    .refine(
      isOrigin,
      'must be an origin such as http://127.0.0.1:8501, without a path: MODEL_NAME names the model',
    )
    .nullable()
    .meta({
      variable: 'TF_SERVING_URL',
      defaultText: null,
      description:
        "Origin of TensorFlow Serving's REST API, such as `http://127.0.0.1:8501`, without a path. Required with `tf-serving` as ranker or shadow ranker.",
    }),
  modelName: z
    .string()
    .refine((name) => !/[/\\]|\.\.|^\.$/.test(name), {
      error: ({ input }) => `must be a name without / and .., not ${quoted(input)}`,
    })
    .meta({
      variable: 'MODEL_NAME',
      defaultText: 'recmodel',
      description:
        'Name of the model in TensorFlow Serving and in Redis. All processes that share a model use the same name.',
    }),
  tfServingVersion: oneOf(TF_SERVING_VERSIONS).meta({
    variable: 'TF_SERVING_VERSION',
    defaultText: 'artifact',
    description:
      'Version that TensorFlow Serving is asked for. `artifact`: the number of the model that serves, and the highest of a model that PocketRocket did not export, as its metadata tell. `any`: the highest in any case.',
  }),
  rankerTimeoutMs: wholeNumber(1, 60_000).meta({
    variable: 'RANKER_TIMEOUT_MS',
    defaultText: '250',
    description:
      'Milliseconds that TensorFlow Serving may take to rank one list, a second attempt included. After that the engine ranks the list.',
  }),
  tfServingWaitMs: wholeNumber(0, 3_600_000).meta({
    variable: 'TF_SERVING_WAIT_MS',
    defaultText: '30000',
    description:
      'Milliseconds that a published version waits for TensorFlow Serving to load it. After that the server uses the version anyway, ranked by the engine.',
  }),
  shadowRanker: ranker.nullable().meta({
    variable: 'SHADOW_RANKER',
    defaultText: null,
    description:
      'Shadow mode: a second ranker, other than `RANKER`, that scores a sample of the lists off the request path. The log says how far both agree. Unset, nothing is compared.',
  }),
  shadowSample: number(0, 1).meta({
    variable: 'SHADOW_SAMPLE',
    defaultText: '0.01',
    description: 'Share of the lists that the shadow ranker scores, 0 to 1.',
  }),
  savedModelDir: path.nullable().meta({
    variable: 'SAVED_MODEL_DIR',
    defaultText: null,
    description:
      'Folder with `saved_model.pb`, or with numbered versions of which the newest is used, read at the start. Required with `tfjs` as ranker or shadow ranker.',
  }),
  jwtSecret: z.string().nullable().meta({
    variable: 'JWT_SECRET',
    defaultText: null,
    description:
      'Secret that signs the tokens of signed-in users; `openssl rand -base64 48` makes one. Required with MySQL, with the same value for all servers. Unset with SQLite, the server generates one in `$POCKETROCKET_HOME/jwt-secret`.',
  }),
  jwtSecretPrevious: z.string().nullable().meta({
    variable: 'JWT_SECRET_PREVIOUS',
    defaultText: null,
    description:
      'The secret before `JWT_SECRET`. Tokens that it has signed stay valid, so that a change of secrets signs nobody out; remove it after 15 minutes.',
  }),
  publicUrl: z
    .string()
    .refine(isOrigin, 'must be an origin such as https://movies.example, without a path')
    .nullable()
    .meta({
      variable: 'PUBLIC_URL',
      defaultText: null,
      description:
        'Origin at which people reach the portal, such as `https://movies.example`; links in mails lead there. The server then answers only to this host name, `localhost` and IP addresses; with `https:` browsers are told to use nothing else (HSTS). Required with `SMTP_URL`.',
    }),
  smtpUrl: z
    .string()
    .refine(isSmtpUrl, 'must be smtp://user:password@host:port, or smtps: for TLS from the start')
    .nullable()
    .meta({
      variable: 'SMTP_URL',
      defaultText: null,
      description:
        'SMTP server `smtp://user:password@host:port`, or `smtps:` for TLS from the start, that sends links to confirm email addresses and to reset passwords. Unset, no mail is sent.',
    }),
  mailFrom: z.string().min(3, 'must be Name <address>').meta({
    variable: 'MAIL_FROM',
    defaultText: 'PocketRocket <no-reply@localhost>',
    description: 'Sender of mails, as `Name <address>`.',
  }),
  signUpsPerAddress: wholeNumber(1).meta({
    variable: 'SIGN_UPS_PER_ADDRESS',
    defaultText: '10',
    description:
      'Accounts that may be opened from one address (IPv6: one /64) in an hour. The server answers further ones with `RATE_LIMITED`.',
  }),
  signUpsPerHour: wholeNumber(1).meta({
    variable: 'SIGN_UPS_PER_HOUR',
    defaultText: '1000',
    description: 'Accounts that may be opened in an hour from all addresses together.',
  }),
  webhooksAllowHttp: trueOrFalse.meta({
    variable: 'WEBHOOKS_ALLOW_HTTP',
    defaultText: 'false',
    description: '`true` lets webhooks have `http:` addresses; otherwise they must be `https:`.',
  }),
  webhooksAllowedHosts: list(
    z.string().regex(/^[\w.:-]+$/, 'must be host names or IP addresses without ports, separated by commas'),
  ).meta({
    variable: 'WEBHOOKS_ALLOWED_HOSTS',
    defaultText: '',
    description:
      'Host names and IP addresses that webhooks may have although they are not on the public internet, separated by commas. All other private, loopback and link-local addresses are refused.',
  }),
  allowedHosts: list(
    z.string().regex(/^[\w.-]+$/, 'must be host names without ports, separated by commas'),
  ).meta({
    variable: 'ALLOWED_HOSTS',
    defaultText: '',
    description:
      'Further host names that the server answers to, separated by commas, such as that of its service in a cluster. With neither this nor `PUBLIC_URL`, a server on a loopback address answers to `localhost` and IP addresses, any other to every name.',
  }),
  production: oneOf(ENVIRONMENTS)
    .nullable()
    .transform((name) => name === 'production')
    .meta({
      variable: 'NODE_ENV',
      defaultText: null,
      description:
        '`production`, `development` or `test`. `production` makes the server refuse a weak `JWT_SECRET`; otherwise it only logs a warning.',
    }),
  logLevel: oneOf(LOG_LEVELS).meta({
    variable: 'LOG_LEVEL',
    defaultText: 'info',
    description:
      'Lowest level that is logged, as JSON lines with a request id: `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`. `npm start` sets `warn` unless it is set.',
  }),
  stepTimes: trueOrFalse.meta({
    variable: 'STEP_TIMES',
    defaultText: 'false',
    description:
      '`true` makes the server report at `/steptimes` how much time each step of its requests took.',
  }),
  budgetBurst: wholeNumber(1).meta({
    variable: 'BUDGET_BURST',
    defaultText: '20000',
    description:
      'Rate limit: units of cost, 50 µs of CPU each, that a client may use at once: an account, or without a sign-in an address (IPv6: one /64). Requests beyond are answered with 429 and `retry-after`. At least `MAX_COST`.',
  }),
  budgetPerSecond: number(0).meta({
    variable: 'BUDGET_PER_SECOND',
    defaultText: '1000',
    description: 'Units a second that an address gets back; `0` turns the rate limit off for all.',
  }),
  budgetAccountPerSecond: number(1).meta({
    variable: 'BUDGET_ACCOUNT_PER_SECOND',
    defaultText: '2000',
    description: 'Units a second that an account gets back.',
  }),
  liveConnections: wholeNumber(0, 1_000_000).meta({
    variable: 'LIVE_CONNECTIONS',
    defaultText: '10000',
    description:
      'Connections over which subscriptions may be answered at once, WebSockets and event streams together; each page of the portal that somebody sees takes one. `0` for none. Further ones get 503 and `retry-after`.',
  }),
  liveConnectionsPerAddress: wholeNumber(1, 1_000_000).meta({
    variable: 'LIVE_CONNECTIONS_PER_ADDRESS',
    defaultText: '1000',
    description: 'The same from one address (IPv6: one /64). Further ones get 429.',
  }),
  budgetKeyPerSecond: wholeNumber(1).meta({
    variable: 'BUDGET_KEY_PER_SECOND',
    defaultText: '5000',
    description: 'Units a second that an API key gets back for which nothing else is said when it is made.',
  }),
  metricsPort: wholeNumber(0, 65_535).nullable().meta({
    variable: 'METRICS_PORT',
    defaultText: null,
    description:
      'Port on which the server tells Prometheus its metrics at `/metrics`; `0` picks a free one. Unset, it does not measure. Keep it from the public.',
  }),
  metricsHost: address.meta({
    variable: 'METRICS_HOST',
    defaultText: '127.0.0.1',
    description: 'Address on which `METRICS_PORT` listens.',
  }),
  tracesUrl: z
    .url({ protocol: /^https?$/, error: 'must be an http: or https: address such as http://127.0.0.1:4318' })
    .transform((url) => `${url.replace(/\/+$/, '')}/v1/traces`)
    .nullable()
    .meta({
      variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      defaultText: null,
      description:
        'Address of an OpenTelemetry collector, such as `http://127.0.0.1:4318`, to which traces are sent: OTLP by HTTP as JSON, at `/v1/traces` below it. Unset, nothing is traced.',
    }),
  tracesHeaders: headers.meta({
    variable: 'OTEL_EXPORTER_OTLP_HEADERS',
    defaultText: '',
    description:
      'Headers that the collector asks for, as `name=value` separated by commas, with values percent-encoded.',
  }),
  tracesShare: number(0, 1).meta({
    variable: 'OTEL_TRACES_SAMPLER_ARG',
    defaultText: '1',
    description:
      'Share of the traces begun here that is recorded, 0 to 1. Requests with a `traceparent` are recorded as it says.',
  }),
  serviceName: z.string().meta({
    variable: 'OTEL_SERVICE_NAME',
    defaultText: 'pocketrocket',
    description: 'Name under which traces are sent.',
  }),
  experiments: experiments.meta({
    variable: 'EXPERIMENTS',
    defaultText: '',
    description:
      'Experiments on lists (experiments.md), as JSON or the path of a JSON file: arms with shares of the users, who get other settings of the ranking. Unset, there are none.',
  }),
  eventRetentionDays: wholeNumber(0, 36_500).meta({
    variable: 'EVENT_RETENTION_DAYS',
    defaultText: '365',
    description:
      'Days for which impressions and clicks that apps record are kept after they came, and their ids known; all other events are kept as long as their user. Longer than any experiment counts clicks for. `0` keeps them for ever.',
  }),
  profileRatings: wholeNumber(0).meta({
    variable: 'PROFILE_RATINGS',
    defaultText: '500000',
    description:
      'Size of the profile cache: how many ratings the cached profiles of all users may hold together, at 80 bytes each: the default is 40 MB. `0` turns off this cache and the cache of feature values, which otherwise takes up to 192 MiB.',
  }),
  tmdbApiKey: z
    .string()
    .regex(/^[\w.-]+$/, 'must be an API key or an API read access token of TMDB')
    .nullable()
    .meta({
      variable: 'TMDB_API_KEY',
      defaultText: null,
      description:
        'API key or API read access token of TMDB (themoviedb.org), by which the server asks for synopses, cast, trailers, posters and where to watch a film. Unset, TMDB is not asked, and posters are drawn.',
    }),
  tmdbUrl: z.string().refine(isOrigin, 'must be an origin such as https://api.themoviedb.org').meta({
    variable: 'TMDB_URL',
    defaultText: 'https://api.themoviedb.org',
    description: "Origin of TMDB's API, or of a proxy of it.",
  }),
  tmdbImageUrl: z.string().refine(isOrigin, 'must be an origin such as https://image.tmdb.org').meta({
    variable: 'TMDB_IMAGE_URL',
    defaultText: 'https://image.tmdb.org',
    description: "Origin from which browsers load TMDB's images, or of a proxy of it.",
  }),
  imageOrigins: list(
    z.string().refine(isOrigin, {
      error: ({ input }) => `${shown(input)} is not an origin such as https://images.example`,
    }),
  ).meta({
    variable: 'IMAGE_ORIGINS',
    defaultText: '',
    description:
      'Other origins from which the portal may load posters, separated by commas. Unset, only images of the server itself are shown.',
  }),
  corsOrigins: list(
    z.string().refine((origin) => origin === '*' || isOrigin(origin), {
      error: ({ input }) => `${shown(input)} is not an origin such as https://movies.example`,
    }),
  ).meta({
    variable: 'CORS_ORIGINS',
    defaultText: '',
    description:
      "Origins whose pages may call the API, separated by commas; `*` allows any. Unset, only the server's own pages may.",
  }),
});

type SettingKey = keyof typeof settings.shape;

/** A setting as people set it. */
export interface SettingDescription {
  /** The variable of the environment. */
  name: string;
  /** The text that counts where it is unset; null where there is none. */
  defaultText: string | null;
  description: string;
}

const VARIABLES = new Map<SettingKey, SettingDescription>(
  (Object.keys(settings.shape) as SettingKey[]).map((key) => {
    const { variable = key, defaultText = null, description = '' } = settings.shape[key].meta() ?? {};
    return [key, { name: variable, defaultText, description }];
  }),
);

/** All settings in the order in which pages list them. */
export const SETTINGS: readonly SettingDescription[] = [...VARIABLES.values()];

/** The names of all settings, as variables of the environment. */
export const SETTING_NAMES: readonly string[] = SETTINGS.map(({ name }) => name);

/** Lists what is wrong with a database's URL, each problem as the end of a sentence; empty where it can be used. */
export type CheckDatabaseUrl = (url: string) => readonly string[];

/** The schema with the dialects' check of the URL, and with what depends on the home. */
function schemaWith(checkDatabaseUrl: CheckDatabaseUrl) {
  const databaseUrl = z.string().check(({ value, issues }) => {
    for (const message of checkDatabaseUrl(value)) issues.push({ code: 'custom', message, input: value });
  });
  return settings.extend({ databaseUrl: databaseUrl.nullable() }).transform((given) => ({
    ...given,
    databaseUrl: given.databaseUrl ?? `sqlite:${resolve(given.home, 'pocketrocket.sqlite')}`,
    modelDir: given.modelDir ?? resolve(given.home, 'models'),
  }));
}

/** The settings of every PocketRocket process; paths are absolute. */
export type Config = z.output<ReturnType<typeof schemaWith>>;

/**
 * Reads the settings from an environment; variables that are empty or blank count as unset.
 * @param checkDatabaseUrl the dialects' check, `databaseUrlProblems` of `@pocketrocket/schema/database`
 * @throws AppError CONFIG_INVALID naming every variable that is wrong, at once
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  checkDatabaseUrl: CheckDatabaseUrl,
): Config {
  const given = Object.fromEntries(
    [...VARIABLES].map(([key, { name, defaultText }]) => [key, env[name]?.trim() ? env[name] : defaultText]),
  );
  const parsed = schemaWith(checkDatabaseUrl).safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path: [key], message }) => {
      const setting = VARIABLES.get(key as SettingKey);
      return `  ${setting?.name ?? String(key)}: ${message}`;
    });
    throw new AppError('CONFIG_INVALID', `these settings are wrong:\n${problems.join('\n')}`);
  }
  refuseIncomplete(parsed.data);
  return parsed.data;
}

/** @throws AppError CONFIG_INVALID for a setting that needs another one */
function refuseIncomplete(config: Config): void {
  const choices = { RANKER: config.ranker, SHADOW_RANKER: config.shadowRanker };
  for (const [variable, chosen] of Object.entries(choices)) {
    if (chosen === 'tfjs' && config.savedModelDir === null) {
      throw new AppError(
        'CONFIG_INVALID',
        `${variable}=tfjs needs SAVED_MODEL_DIR, the folder of the SavedModel to score with`,
      );
    }
    if (chosen === 'tf-serving' && config.tfServingUrl === null) {
      throw new AppError(
        'CONFIG_INVALID',
        `${variable}=tf-serving needs TF_SERVING_URL, the origin of its REST API such as http://127.0.0.1:8501`,
      );
    }
  }
  if (config.retrieval === 'redis' && config.redisUrl === null) {
    throw new AppError(
      'CONFIG_INVALID',
      'RETRIEVAL=redis needs REDIS_URL, the server that holds the vectors, such as redis://127.0.0.1:6379',
    );
  }
  if (config.budgetPerSecond > 0 && config.budgetBurst < config.maxCost) {
    throw new AppError(
      'CONFIG_INVALID',
      `BUDGET_BURST is ${config.budgetBurst}, less than MAX_COST, ${config.maxCost}: some operations could never be paid for`,
    );
  }
  if (config.smtpUrl !== null && config.publicUrl === null) {
    throw new AppError(
      'CONFIG_INVALID',
      'SMTP_URL needs PUBLIC_URL, the origin that links in mails lead to, such as https://movies.example',
    );
  }
  if (config.shadowRanker === config.ranker) {
    throw new AppError(
      'CONFIG_INVALID',
      `SHADOW_RANKER is ${config.ranker}, as RANKER is: there is nothing to compare`,
    );
  }
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    // A % that begins no character: that is the answer.
    return false;
  }
}

/** True for an IP address or a host name; digits and dots alone were meant to be an address. */
function isAddress(text: string): boolean {
  if (isIP(text) !== 0) return true;
  return /^(?!-)[\w-]{1,63}(?:\.(?!-)[\w-]{1,63})*\.?$/.test(text) && !/^[\d.]+$/.test(text);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function isSmtpUrl(text: string): boolean {
  return /^smtps?:\/\//.test(text) && URL.canParse(text) && new URL(text).hostname !== '';
}

const NAMED_NETWORKS: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** True for an address, a CIDR range, or a name of private ones. */
function isNetwork(text: string): boolean {
  if (NAMED_NETWORKS.has(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function isRedisUrl(text: string): boolean {
  if (!/^rediss?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname } = new URL(text);
  return hostname !== '' && /^\/?\d*$/.test(pathname);
}
