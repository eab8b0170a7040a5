import { setTimeout as wait } from 'node:timers/promises';
import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from './logger.ts';
import { watchExports } from './watchExports.ts';

export interface SpanPipelineOptions {
  /** Address that takes OTLP as JSON. */
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Share of the traces begun here that is recorded, 0 to 1; those begun elsewhere are recorded as whoever began them says. */
  share: number;
  serviceName: string;
  thread: string | undefined;
  logger: Logger;
}

/** Spans that wait to be sent; beyond them new ones are dropped. */
const MAX_WAITING = 4_096;
const BATCH = 512;
const SEND_EVERY_MS = 2_000;
/** Milliseconds that the collector may take, retries included. */
const EXPORT_TIMEOUT_MS = 3_000;
const FLUSH_MS = 3_000;
/** Characters of a fact of a span. */
const MAX_VALUE_LENGTH = 256;

/** The way of spans to a collector: sampled, queued within bounds, sent in batches beside the work. */
export function createSpanPipeline(options: SpanPipelineOptions): {
  tracer: Tracer;
  /** Sends what waits, as long as that takes no longer than three seconds. */
  close(): Promise<void>;
} {
  const { url, headers, share, serviceName, thread, logger } = options;
  const exporter = watchExports(
    new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: EXPORT_TIMEOUT_MS }),
    logger,
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': serviceName,
      'process.pid': process.pid,
      ...(thread !== undefined && { 'thread.name': thread }),
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanLimits: { attributeValueLengthLimit: MAX_VALUE_LENGTH },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        maxQueueSize: MAX_WAITING,
        maxExportBatchSize: BATCH,
        scheduledDelayMillis: SEND_EVERY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  });
  return {
    tracer: provider.getTracer('pocketrocket'),
    async close() {
      const late = new AbortController();
      // Failures have been logged where the exports are watched.
      const flushed = provider.shutdown().catch(() => undefined);
      await Promise.race([flushed, wait(FLUSH_MS, undefined, { signal: late.signal })]).finally(() =>
        late.abort(),
      );
    },
  };
}
