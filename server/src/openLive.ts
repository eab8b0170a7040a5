import type { Config } from '@pocketrocket/runtime';
import { isOfApp } from './database/externalIds.ts';
import type { Repositories } from './graphql/deps.ts';
import { createCompiledExecution } from './graphql/apollo/compiledExecution.ts';
import { createBoundedWriter } from './graphql/limits/boundedAnswer.ts';
import { stateOf } from './graphql/resolvers/subscriptionResolver.ts';
import { createLiveApi, type LiveApi, type LiveApiDeps } from './live/liveApi.ts';
import type { StoredUser } from './loaders/requestScope.ts';
import { readTraining } from './model/training.ts';
import type { ServerParts, ThreadPlace } from './openParts.ts';

/** Share of the room for compiled operations that those of subscriptions may take beside it. */
const COMPILED_SHARE = 1 / 8;
/** Answers of subscriptions are a page of a list: more than this is nobody's. */
const MAX_ANSWER_BYTES = 1_000_000;

/** Versions of users are looked at so often where servers tell each other of changes, and where they do not. */
const LOOK_MS = 30_000;
const LOOK_ALONE_MS = 2_000;

const MAX_OF_CONNECTION = 20;
/** A connection has one or two subscriptions in the mean. */
const USUAL_SUBSCRIPTIONS = 2;

/** Users as they are read by number: those of apps stand apart, unless the app shares them. */
async function usersByIds(
  { users, appUsers }: Pick<Repositories, 'users' | 'appUsers'>,
  userIds: readonly number[],
): Promise<(StoredUser | null)[]> {
  const found = await users.byIds(userIds);
  const missing = userIds.filter((userId, place) => !found[place] && isOfApp(userId));
  if (missing.length === 0) return found;
  const ofApps = new Map(
    (await appUsers.byIds(missing)).flatMap((user) => (user ? [[user.userId, user] as const] : [])),
  );
  return found.map((user, place) => user ?? ofApps.get(userIds[place] ?? 0) ?? null);
}

/** The parts that subscriptions share with requests. */
type SharedWithRequests = Omit<
  LiveApiDeps,
  | 'execute'
  | 'write'
  | 'changes'
  | 'models'
  | 'catalogue'
  | 'usersByIds'
  | 'stateOf'
  | 'lookEveryMs'
  | 'readTraining'
  | 'onTrainingTold'
  | 'limits'
>;

/** Opens what answers subscriptions in one thread. */
export function openLive(
  { liveConnections, liveConnectionsPerAddress, maxAnswerBytes }: Config,
  { deps, redis }: ServerParts,
  { threads }: ThreadPlace,
  shared: SharedWithRequests,
): LiveApi {
  const { changes, models, catalogue, repositories, caches } = deps;
  const ofThread = (connections: number) =>
    Math.max(MAX_OF_CONNECTION, Math.ceil((USUAL_SUBSCRIPTIONS * connections) / threads));
  return createLiveApi({
    ...shared,
    ...{ changes, models, catalogue, stateOf },
    execute: createCompiledExecution(
      shared.schema,
      caches.compiledOperations * COMPILED_SHARE,
      'compiled subscriptions',
    ),
    write: createBoundedWriter(Math.min(maxAnswerBytes, MAX_ANSWER_BYTES)),
    usersByIds: (userIds) => usersByIds(repositories, userIds),
    lookEveryMs: redis ? LOOK_MS : LOOK_ALONE_MS,
    readTraining: () => readTraining(deps),
    onTrainingTold: (listener) => deps.heardTraining?.onTold(listener) ?? (() => undefined),
    limits: {
      ofConnection: MAX_OF_CONNECTION,
      ofAddress: ofThread(liveConnectionsPerAddress),
      inAll: ofThread(liveConnections),
    },
  });
}
