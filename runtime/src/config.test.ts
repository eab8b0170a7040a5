import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { AppError, messageOf, readConfig as readConfigWith, SETTING_NAMES } from './index.ts';

/** Stands for the dialects' check, which the database brings. */
const readConfig = (env: Readonly<Record<string, string | undefined>>) =>
  readConfigWith(env, (url) => (/^(sqlite|mysql):/.test(url) ? [] : ['must start with sqlite: (a file)']));

describe('readConfig', () => {
  it('has a default for everything, all under ./var', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      warmUpMs: 4_000,
      requestTimeoutMs: 10_000,
      maxCost: 5_000,
      maxAnswerBytes: 8_000_000,
      publicMaxAgeSeconds: 60,
      renderPages: true,
      pageCacheMb: 16,
      eventRetentionDays: 365,
      trustedDocuments: null,
      maxRequestsInFlight: 1_000,
      shutdownDelayMs: 1_000,
      home: resolve('var'),
      databaseUrl: `sqlite:${resolve('var/pocketrocket.sqlite')}`,
      modelDir: resolve('var/models'),
      jwtSecret: null,
      jwtSecretPrevious: null,
      publicUrl: null,
      smtpUrl: null,
      mailFrom: 'PocketRocket <no-reply@localhost>',
      signUpsPerAddress: 10,
      signUpsPerHour: 1_000,
      sparkPython: null,
      production: false,
      redisUrl: null,
      retrieval: 'process',
      ranker: 'engine',
      tfServingUrl: null,
      modelName: 'recmodel',
      rankerTimeoutMs: 250,
      tfServingVersion: 'artifact',
      tmdbApiKey: null,
      tmdbUrl: 'https://api.themoviedb.org',
      tmdbImageUrl: 'https://image.tmdb.org',
      tfServingWaitMs: 30_000,
      shadowRanker: null,
      shadowSample: 0.01,
      savedModelDir: null,
      movielensUrl: 'https://files.grouplens.org/datasets/movielens',
      logLevel: 'info',
      stepTimes: false,
      experiments: [],
      profileRatings: 500_000,
      corsOrigins: [],
      imageOrigins: [],
      webhooksAllowHttp: false,
      webhooksAllowedHosts: [],
      allowedHosts: [],
      budgetBurst: 20_000,
      budgetPerSecond: 1_000,
      budgetAccountPerSecond: 2_000,
      budgetKeyPerSecond: 5_000,
      liveConnections: 10_000,
      liveConnectionsPerAddress: 1_000,
      metricsPort: null,
      tracesUrl: null,
      tracesHeaders: {},
      tracesShare: 1,
      serviceName: 'pocketrocket',
      metricsHost: '127.0.0.1',
      trustedProxies: [],
      workers: null,
    });
  });

  it('takes what the environment says; empty counts as unset', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      PORT: '8080',
      POCKETROCKET_HOME: '/data',
      MODEL_DIR: '',
      MOVIELENS_URL: 'http://mirror.example/movielens/',
      CORS_ORIGINS: 'https://a.example, http://localhost:5173',
    });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      databaseUrl: 'sqlite:/data/pocketrocket.sqlite',
      modelDir: '/data/models',
      movielensUrl: 'http://mirror.example/movielens',
      corsOrigins: ['https://a.example', 'http://localhost:5173'],
    });
  });

  it('reports every problem at once', () => {
    const wrong = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'postgres://x',
      MOVIELENS_URL: 'ftp://x',
      CORS_ORIGINS: 'a.example/',
      PUBLIC_URL: 'https://a.example/portal',
      ALLOWED_HOSTS: 'a.example:80',
      IMAGE_ORIGINS: 'images.example',
    };
    expect(() => readConfig(wrong)).toThrow(/PORT:.*LOG_LEVEL:|LOG_LEVEL:.*PORT:/s);
    expect(() => readConfig(wrong)).toThrow(/DATABASE_URL: must start with sqlite:/);
    expect(() => readConfig(wrong)).toThrow(/MOVIELENS_URL: must be an http: or https: address/);
    expect(() => readConfig(wrong)).toThrow(/CORS_ORIGINS: a.example\/ is not an origin/);
    expect(() => readConfig(wrong)).toThrow(/PUBLIC_URL: must be an origin/);
    expect(() => readConfig(wrong)).toThrow(/ALLOWED_HOSTS: must be host names/);
    expect(() => readConfig(wrong)).toThrow(/IMAGE_ORIGINS: images.example is not an origin/);
  });

  it('takes the variables of OpenTelemetry', () => {
    expect(
      readConfig({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otlp/',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20eDp5, x-scope=a=b',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
        OTEL_SERVICE_NAME: 'movies',
      }),
    ).toMatchObject({
      tracesUrl: 'https://collector.example/otlp/v1/traces',
      tracesHeaders: { authorization: 'Basic eDp5', 'x-scope': 'a=b' },
      tracesShare: 0.25,
      serviceName: 'movies',
    });
    const wrong = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=100%',
      OTEL_TRACES_SAMPLER_ARG: '2',
    };
    expect(() => readConfig(wrong)).toThrow(
      /OTEL_EXPORTER_OTLP_ENDPOINT: must be an http: or https: address/,
    );
    expect(() => readConfig(wrong)).toThrow(/OTEL_EXPORTER_OTLP_HEADERS: authorization is not name=value/);
    expect(() => readConfig(wrong)).toThrow(/OTEL_TRACES_SAMPLER_ARG:/);
  });

  it.each(['redis://127.0.0.1:6379', 'rediss://user:p%40ss@cache.example:6380/2', 'redis://cache.example'])(
    'takes %s',
    (url) => {
      expect(readConfig({ REDIS_URL: url, RETRIEVAL: 'redis' })).toMatchObject({
        redisUrl: url,
        retrieval: 'redis',
      });
    },
  );

  it.each(['http://127.0.0.1:6379', '127.0.0.1:6379', 'redis://', 'redis://host/films'])(
    'refuses %s as the address of Redis',
    (url) => {
      expect(() => readConfig({ REDIS_URL: url })).toThrow(/REDIS_URL: must be redis:\/\//);
    },
  );

  it('wants to know where the vectors are where Redis is to find candidates', () => {
    expect(() => readConfig({ RETRIEVAL: 'redis' })).toThrow(/RETRIEVAL=redis needs REDIS_URL/);
    expect(() => readConfig({ RETRIEVAL: 'faiss' })).toThrow(/RETRIEVAL: must be one of process, redis/);
  });

  it('wants to know which SavedModel ranks where one is to', () => {
    expect(readConfig({ RANKER: 'tfjs', SAVED_MODEL_DIR: '/models/keras' })).toMatchObject({
      ranker: 'tfjs',
      savedModelDir: '/models/keras',
    });
    expect(() => readConfig({ RANKER: 'tfjs' })).toThrow(/RANKER=tfjs needs SAVED_MODEL_DIR/);
    expect(() => readConfig({ RANKER: 'tf-serving' })).toThrow(/RANKER=tf-serving needs TF_SERVING_URL/);
    expect(() => readConfig({ TF_SERVING_URL: 'http://tf:8501/v1' })).toThrow(
      /TF_SERVING_URL: must be an origin/,
    );
    expect(readConfig({ RANKER: 'tf-serving', TF_SERVING_URL: 'http://tf:8501' })).toMatchObject({
      tfServingUrl: 'http://tf:8501',
      modelName: 'recmodel',
      rankerTimeoutMs: 250,
    });
    expect(() => readConfig({ SHADOW_RANKER: 'tf-serving' })).toThrow(
      /SHADOW_RANKER=tf-serving needs TF_SERVING_URL/,
    );
    expect(() => readConfig({ SHADOW_RANKER: 'engine' })).toThrow(/there is nothing to compare/);
    expect(() => readConfig({ SMTP_URL: 'smtp://127.0.0.1:25' })).toThrow(/SMTP_URL needs PUBLIC_URL/);
    expect(() => readConfig({ SMTP_URL: 'http://mail', PUBLIC_URL: 'https://movies.example/films' })).toThrow(
      /PUBLIC_URL: must be an origin[^]*SMTP_URL: must be smtp:/,
    );
    expect(() => readConfig({ RANKER: 'torch' })).toThrow(/RANKER: must be one of engine, tfjs, tf-serving/);
  });

  it('takes blanks for unset, in numbers too', () => {
    const blank = Object.fromEntries(SETTING_NAMES.map((name) => [name, '  ']));
    expect(readConfig(blank)).toEqual(readConfig({}));
  });

  it.each([
    ['PORT', 'abc', 'must be a whole number from 0 to 65535, not "abc"'],
    ['PORT', '80.5', 'must be a whole number from 0 to 65535, not "80.5"'],
    ['METRICS_PORT', '-1', 'must be a whole number from 0 to 65535, not "-1"'],
    ['BUDGET_BURST', '0', 'must be a whole number of at least 1, not "0"'],
    ['SHADOW_SAMPLE', '2', 'must be a number from 0 to 1, not "2"'],
    ['BUDGET_PER_SECOND', 'Infinity', 'must be a number of at least 0, not "Infinity"'],
    ['LOG_LEVEL', 'loud', 'must be one of fatal, error, warn, info, debug, trace, silent, not "loud"'],
    ['RENDER_PAGES', 'yes', 'must be on or off, not "yes"'],
    ['STEP_TIMES', 'perhaps', 'must be true or false, not "perhaps"'],
    ['NODE_ENV', 'prod', 'must be one of production, development, test, not "prod"'],
    ['NODE_ENV', 'Production', 'must be one of production, development, test, not "Production"'],
    ['MODEL_NAME', '../recmodel', 'must be a name without / and .., not "../recmodel"'],
    ['MODEL_NAME', '..', 'must be a name without / and .., not ".."'],
    ['MAIL_FROM', 'x', 'must be Name <address>'],
    ['HOST', 'no host', 'must be an IP address or a host name, without a port, not "no host"'],
    ['HOST', '127.0.0.300', 'must be an IP address or a host name, without a port, not "127.0.0.300"'],
    [
      'METRICS_HOST',
      'http://ann:hunter2@example',
      'must be an IP address or a host name, without a port, not "http://…@example"',
    ],
    [
      'CORS_ORIGINS',
      'http://ann:hunter2@a.example',
      'http://…@a.example is not an origin such as https://movies.example',
    ],
  ])('refuses %s=%s in words', (name, value, problem) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      new AppError('CONFIG_INVALID', `these settings are wrong:\n  ${name}: ${problem}`),
    );
  });

  it('takes addresses of both families and names of hosts', () => {
    for (const host of ['::', '::1', '0.0.0.0', 'localhost', 'films.example.', 'api_server'])
      expect(readConfig({ HOST: host, METRICS_HOST: host })).toMatchObject({ host, metricsHost: host });
    expect(readConfig({ NODE_ENV: 'production' }).production).toBe(true);
    expect(readConfig({ NODE_ENV: 'development' }).production).toBe(false);
  });

  it('repeats no secret where it is wrong', () => {
    const secret = 'hunter2 hunter2';
    const url = `wrong://ann:${secret}@example/a/b`;
    const wrong = {
      DATABASE_URL: `postgres://ann:${secret}@example`,
      REDIS_URL: url,
      SMTP_URL: url,
      PUBLIC_URL: url,
      MOVIELENS_URL: url,
      TF_SERVING_URL: url,
      TMDB_URL: url,
      TMDB_API_KEY: secret,
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${secret}%`,
      HOST: url,
      MODEL_NAME: url,
      CORS_ORIGINS: url,
      IMAGE_ORIGINS: url,
      TRUSTED_PROXIES: url,
    };
    let message = '';
    try {
      readConfig(wrong);
    } catch (error) {
      message = messageOf(error);
    }
    for (const name of Object.keys(wrong)) expect(message).toContain(`  ${name}: `);
    expect(message).not.toContain('hunter2');
  });
});
