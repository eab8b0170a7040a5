import { createServer, type Server } from 'node:http';
import { messageOf, type Logger } from '@pocketrocket/runtime';
import { Registry } from 'prom-client';
import { listen } from '../http/listen.ts';
import { pathOf } from '../http/requestPath.ts';
import type { FrontMetrics } from './frontMetrics.ts';

export interface MetricsServerOptions {
  host: string;
  /** 0 picks a free one. */
  port: number;
  metrics: FrontMetrics;
  logger: Logger;
}

/** Serves `/metrics` on a port of its own, which the public never reaches. @throws AppError ENVIRONMENT where it cannot listen */
export async function startMetricsServer({ host, port, metrics, logger }: MetricsServerOptions): Promise<{
  url: string;
  stop: () => void;
}> {
  const server: Server = createServer((req, res) => {
    if (req.method !== 'GET' || pathOf(req) !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => res.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text),
      (error: unknown) => {
        logger.error({ err: error }, `metrics cannot be read: ${messageOf(error)}`);
        res.writeHead(500).end();
      },
    );
  });
  const url = await listen(server, { host, port });
  logger.info({ url: `${url}/metrics` }, 'metrics listening');
  return {
    url,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
