import type { Config } from './config.ts';
import type { Logger } from './logger.ts';
import { setSpanRecorder } from './spans.ts';

/** Traces that are being sent. */
export interface Traces {
  /** Sends what waits, for three seconds at most, and records nothing more. */
  close(): Promise<void>;
}

/**
 * Records this thread's spans and sends them, where the settings say to which collector; else nothing of OpenTelemetry is loaded.
 * @param thread `front`, or the number of an API thread, where a process has several that record
 */
export async function openTraces(
  config: Pick<Config, 'tracesUrl' | 'tracesHeaders' | 'tracesShare' | 'serviceName'>,
  logger: Logger,
  thread?: string,
): Promise<Traces | null> {
  const { tracesUrl: url } = config;
  if (url === null) return null;
  const [{ createSpanPipeline }, { createSpanRecorder }] = await Promise.all([
    import('./spanPipeline.ts'),
    import('./spanRecorder.ts'),
  ]);
  const { tracesHeaders: headers, tracesShare: share, serviceName } = config;
  const pipeline = createSpanPipeline({ url, headers, share, serviceName, thread, logger });
  setSpanRecorder(createSpanRecorder(pipeline.tracer));
  return {
    async close() {
      setSpanRecorder(null);
      await pipeline.close();
    },
  };
}
