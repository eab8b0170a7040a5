import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { ExportResultCode } from '@opentelemetry/core';
import { messageOf } from './errors.ts';
import type { Logger } from './logger.ts';

/** Lets the log hear once when the collector fails, and once when it takes spans again, with the number of those lost meanwhile. */
export function watchExports(exporter: SpanExporter, logger: Logger): SpanExporter {
  let numLost = 0;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS) {
          if (numLost === 0)
            logger.warn(
              { problem: problemOf(result.error) },
              'traces are lost: the collector does not take them',
            );
          numLost += spans.length;
        } else if (numLost > 0) {
          logger.info({ lost: numLost }, 'the collector takes traces again');
          numLost = 0;
        }
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** Errors of names that resolve to several addresses have no message, only a code. */
function problemOf(error: unknown): string {
  if (error instanceof Error && error.message === '' && 'code' in error) return String(error.code);
  return error === undefined ? 'no reason given' : messageOf(error);
}
