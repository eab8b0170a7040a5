import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';

export type { Logger } from 'pino';

export interface LoggerOptions {
  level: string;
  /** The process that logs: `server`, `seed`, `trainer`. */
  name: string;
  /** The stream that lines are written to. Commands keep stdout for their result and log to stderr. */
  stream: DestinationStream & { isTTY?: boolean };
}

/** A structured logger: one JSON object `{ event, …fields }` a line, or readable lines where a person watches a terminal. */
export function createLogger({ level, name, stream }: LoggerOptions): Logger {
  const options = {
    level,
    name,
    base: { name },
    messageKey: 'event',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (!stream.isTTY) return pino(options, stream);
  return pino(
    options,
    pretty({
      destination: stream,
      sync: true,
      messageKey: 'event',
      translateTime: 'SYS:HH:MM:ss',
      ignore: 'name',
    }),
  );
}
