export { AppError, ERROR_CODES, messageOf, systemErrorCode, type ErrorCode } from './errors.ts';
export { readConfig, SETTING_NAMES, type Config } from './config.ts';
export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export {
  createProgress,
  type Progress,
  type ProgressEvent,
  type ProgressMode,
  type ProgressStage,
} from './progress.ts';
export { isAlive } from './processes.ts';
export { exit, requireSupportedNode, runCli, runMain } from './cli.ts';
export {
  loadTensorFlow,
  type LayersModel,
  type MetaGraph,
  type SavedModel,
  type SignatureTensors,
  type SymbolicTensor,
  type Tensor,
  type TensorFlow,
} from './tensorflow.ts';
