import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { messageOf, type Logger } from '@pocketrocket/runtime';
import { Drain } from '../http/drain.ts';
import { listen } from '../http/listen.ts';
import { RefusedBody } from '../http/refusedBody.ts';
import { ModelVersions } from './modelVersions.ts';
import { createBodyReader } from './readBody.ts';
import { answerRest } from './restApi.ts';

export interface ModelServerOptions {
  /** See `ModelVersionsOptions`. */
  dir: string;
  latestOnly: boolean;
  modelName: string;
  host: string;
  /** 0 picks a free one. */
  port: number;
  /** Bytes that a request's body may have. */
  maxBodyBytes: number;
  logger: Logger;
}

export interface RunningModelServer {
  /** Such as `http://127.0.0.1:8501`. */
  url: string;
  /** Lets requests in flight finish, then closes everything. */
  stop(): Promise<void>;
}

/** Path of TensorFlow Serving's counters once its monitoring is configured. */
const METRICS_PATH = '/monitoring/prometheus/metrics';
/** Longer than a client's pool keeps a connection that it does not use. */
const KEEP_ALIVE_MS = 75_000;
/** A request takes milliseconds to arrive, in the network of the server that asks. */
const ARRIVAL_TIMEOUT_MS = 10_000;
/** A client that neither sends nor reads for so long is gone. */
const SILENCE_TIMEOUT_MS = 30_000;
const MAX_CONNECTIONS = 1_000;

/**
 * Serves exported SavedModels over TensorFlow Serving's REST API, by the engine. Listens at once, as TensorFlow Serving does: the model's
 * status says what is loaded.
 * @throws AppError ENVIRONMENT where it cannot listen
 */
export async function startModelServer(options: ModelServerOptions): Promise<RunningModelServer> {
  const { modelName, logger } = options;
  const versions = new ModelVersions(options);
  const counts = new Map<string, number>();
  const readBody = createBodyReader(options.maxBodyBytes);
  const timeouts = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: ARRIVAL_TIMEOUT_MS,
    requestTimeout: ARRIVAL_TIMEOUT_MS,
    connectionsCheckingInterval: 1_000,
  };
  const httpServer = createServer(timeouts, (req, res) => {
    answer(req, res).catch((error: unknown) => {
      if (error instanceof RefusedBody) return refuse(res, error);
      logger.warn({ err: error }, `request failed: ${messageOf(error)}`);
      res.destroy();
    });
  });
  httpServer.timeout = SILENCE_TIMEOUT_MS;
  httpServer.maxConnections = MAX_CONNECTIONS;
  const drain = new Drain(httpServer);
  const url = await listen(httpServer, options);
  void versions.refresh();
  versions.watch();
  return {
    url,
    async stop() {
      versions.close();
      await drain.begin(0);
      const closed = once(httpServer, 'close');
      httpServer.close();
      // A client whose next request was on its way tries once more, elsewhere or later.
      drain.cutIdle();
      await closed;
    },
  };

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const method = req.method ?? '';
    const [path = ''] = (req.url ?? '').split('?', 1);
    if (path === METRICS_PATH) return send(res, 200, 'text/plain', metrics(modelName, counts));
    if (!/^\/v1\/./i.test(path)) return send(res, 404, 'text/plain', 'Not Found');
    const body = await readBody(req, res);
    const rest = await answerRest(modelName, versions, { method, path, body });
    if (rest.counted !== null) counts.set(rest.counted, (counts.get(rest.counted) ?? 0) + 1);
    send(res, rest.status, 'application/json', rest.body);
  }
}

function send(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

function refuse(res: ServerResponse, { status, message }: RefusedBody): void {
  // What is left of the body is not worth reading.
  res.setHeader('connection', 'close');
  send(res, status, 'application/json', JSON.stringify({ error: message }, null, 4));
}

/** The number of predictions by outcome, as Prometheus reads it. */
function metrics(modelName: string, counts: ReadonlyMap<string, number>): string {
  const name = ':tensorflow:serving:request_count';
  const lines = [...counts].map(
    ([status, count]) => `${name}{model_name="${modelName}",status="${status}"} ${count}\n`,
  );
  return `# TYPE ${name} counter\n${lines.join('')}`;
}
