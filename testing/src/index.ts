/** For tests and benches of every workspace: databases to run on, servers to kill, a network that fails. */
export {
  canTestOn,
  makeDatabaseOn,
  makeTestRoom,
  TEST_ENGINES,
  testServerUrl,
  type TestEngine,
  type TestRoom,
} from './databases.ts';
export { entryOf } from './entryOf.ts';
export { accepts, freePort, OwnServer, type OwnServerOptions } from './ownServer.ts';
export { descendantsOf, runningOf, type FoundProcess } from './processTree.ts';
export { QUICK_START } from './quickStart.ts';
export { HAS_REDIS_SERVER, ownModelName, PrivateRedis, TEST_REDIS_URL } from './redis.ts';
export { fittedSample, importedSample, trainedSample } from './sample.ts';
export { holdSqliteLock } from './sqliteLock.ts';
export { openTmdbDouble, type DoubleFilm, type TmdbDouble } from './tmdbDouble.ts';
export { openTcpProxy, type Passage, type TcpProxy } from './tcpProxy.ts';
export { until } from './until.ts';
export {
  connectionCases,
  exchange,
  hostileCorpus,
  httpCases,
  type ConnectionCase,
  type HostileCase,
  type HostileWorld,
  type HttpCase,
} from './hostile/index.ts';
export { fuzzedRequest, type FuzzedRequest } from './fuzz/operations.ts';
export { largestVariables, portalOperations, type PortalOperation } from './portalOperations.ts';
export { openTraceCollector, type CollectedSpan, type TraceCollector } from './traceCollector.ts';
