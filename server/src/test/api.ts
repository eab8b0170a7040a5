import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@pocketrocket/schema/database';
import { AppError, createLogger, readConfig, type Logger } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { graphql, type GraphQLSchema } from 'graphql';
import { ApiKeys } from '../apps/apiKeys.ts';
import { createAuth, viewerOf } from '../accounts/auth.ts';
import { Erasures } from '../privacy/erasures.ts';
import { Changes } from '../changes/changes.ts';
import { cacheBounds } from '../caches/bounds.ts';
import type { ApiContext } from '../graphql/context.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { Turns } from '../timing/turns.ts';
import { ClientUse } from '../budgets/clientUse.ts';
import { createAddressSigner } from '../exports/signedAddress.ts';
import { viewHere } from '../operatorView.ts';
import { createRepositories, type ApiDeps } from '../graphql/deps.ts';
import type { LoadedModel } from '@pocketrocket/model';
import { inProcessRanker, inProcessVectorStore } from '@pocketrocket/model';
import { buildApiSchema } from '../graphql/apiSchema.ts';
import { createRequestScope } from '../graphql/createRequestScope.ts';
import { openCatalogue } from '../catalogue/catalogueSource.ts';
import { noteStatements, type Sent } from './explain.ts';

/** Signs the tokens of tests. */
export const TEST_SECRET = 'of no use outside of tests, but long enough';

export const silentLogger: Logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });

/** The result of a query. */
export interface Answer<T> {
  data: T;
  /** `CODE: message (path)` of each error. */
  errors: string[];
  /** The SQL statements that it took. */
  statements: string[];
  /** The same with their parameters. */
  sent: Sent[];
}

/** The parts that operators' fields need, with a model directory that is not there unless it is named. */
export function operatorsOf(
  parts: Pick<ApiDeps, 'models' | 'catalogue'>,
  env: Record<string, string> = {},
): ApiDeps['operators'] {
  const home = join(tmpdir(), 'pocketrocket-nowhere');
  const config = readConfig({ POCKETROCKET_HOME: home, ...env }, databaseUrlProblems);
  return {
    settings: config,
    view: viewHere({ ...parts, use: new ClientUse(), config }),
    signer: createAddressSigner([TEST_SECRET]),
    webhooks: { allowsHttp: config.webhooksAllowHttp, allowedHosts: config.webhooksAllowedHosts },
  };
}

/** The API over a database, without HTTP. */
export class TestApi {
  private constructor(
    readonly deps: ApiDeps,
    readonly schema: GraphQLSchema,
  ) {}

  /** @param model what serves; null for no model */
  static async open(
    database: Database,
    model: LoadedModel | null,
    replaced: Partial<ApiDeps> = {},
  ): Promise<TestApi> {
    const catalogue = await openCatalogue(database, silentLogger);
    catalogue.close();
    const models = { state: () => ({ model, problem: model ? null : 'no model has been trained yet' }) };
    const auth =
      replaced.auth ??
      createAuth({
        database,
        secrets: [TEST_SECRET],
        signUps: { perAddress: Infinity, inAll: Infinity },
      });
    const deps: ApiDeps = {
      database,
      repositories: createRepositories(replaced.database ?? database),
      models,
      catalogue,
      operators: operatorsOf({ models, catalogue }),
      vectorStore: inProcessVectorStore,
      ranker: inProcessRanker,
      caches: cacheBounds({ profileRatings: 100_000 }),
      auth,
      apiKeys: new ApiKeys({ database, counters: auth.counters, logger: silentLogger }),
      keyBudget: { burst: 20_000, perSecond: 5_000 },
      erasures: new Erasures(database, silentLogger),
      changes: new Changes(),
      modelDir: '/nowhere',
      logger: silentLogger,
      ...replaced,
    };
    return new TestApi(deps, await buildApiSchema(deps));
  }

  /** Runs a query in a request of its own. */
  async run<T>(
    source: string,
    variables: Record<string, unknown> = {},
    token?: string,
    more: Partial<ApiContext> = {},
  ): Promise<Answer<T>> {
    const notes = noteStatements(this.deps.database);
    const { data, errors = [] } = await graphql({
      schema: this.schema,
      source,
      variableValues: variables,
      contextValue: this.context(token, more),
    });
    const sent = notes.stop();
    return {
      // As a client reads it.
      data: JSON.parse(JSON.stringify(data ?? null)) as T,
      errors: errors.map(({ originalError, message, path }) => {
        const code = originalError instanceof AppError ? originalError.code : 'UNEXPECTED';
        return `${code}: ${message} (${path?.join('.') ?? ''})`;
      }),
      sent,
      statements: sent.map(({ sql }) => sql),
    };
  }

  /** The context of one request. */
  context(token?: string, more: Partial<ApiContext> = {}): ApiContext {
    const authorization = token && `Bearer ${token}`;
    const viewer = viewerOf(this.deps.auth, authorization);
    const turns = new Turns();
    return {
      app: this.deps.apiKeys.of(authorization, more.address ?? '127.0.0.1'),
      requestId: 'test',
      logger: silentLogger,
      viewer,
      viewerId: async () => (await viewer())?.userId ?? null,
      address: '127.0.0.1',
      deadline: NO_DEADLINE,
      turns,
      scope: createRequestScope(this.deps, turns),
      ...more,
    };
  }

  /** The data of a query that must succeed. */
  async query<T>(source: string, variables: Record<string, unknown> = {}, token?: string): Promise<T> {
    const { data, errors } = await this.run<T>(source, variables, token);
    if (errors.length > 0) throw new Error(errors.join('\n'));
    return data;
  }
}
