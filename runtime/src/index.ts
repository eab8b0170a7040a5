/** The common ground of every process: settings, error codes, logger, command line, progress, traces. */
export {
  AppError,
  ERROR_CODES,
  isUnavailable,
  messageOf,
  systemErrorCode,
  type ErrorCode,
} from './errors.ts';
export { fileFailureOf, isDiskFull } from './fileFailures.ts';
export {
  readConfig,
  SETTING_NAMES,
  SETTINGS,
  type CheckDatabaseUrl,
  type Config,
  type SettingDescription,
} from './config.ts';
export {
  assignArm,
  OUTCOME_KINDS,
  readExperiments,
  type Assignment,
  type Experiment,
  type ExperimentArm,
  type OutcomeKind,
  type UserKind,
} from './experiments.ts';
export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export {
  createProgress,
  type Progress,
  type ProgressEvent,
  type ProgressMode,
  type ProgressStage,
} from './progress.ts';
export { isAlive, isSameProcess, startOfProcess } from './processes.ts';
export {
  currentSpan,
  inCallSpan,
  inSpan,
  isTracing,
  openSpan,
  traceHeaders,
  type OpenSpan,
  type SpanFacts,
  type TraceHeaders,
} from './spans.ts';
export { openTraces, type Traces } from './tracing.ts';
export { findSpark, sparkPythonOf, type SparkInstallation } from './spark.ts';
export { randomHex, randomId, randomToken } from './randomness.ts';
export { claimUse, describeUse, usesOf, type Use, type UseOptions } from './uses.ts';
export { formatTable } from './table.ts';
export { exit, requireSupportedNode, runCli, runMain, toArguments } from './cli.ts';
