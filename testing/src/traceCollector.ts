import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP's JSON tells it, without times and events. */
export interface CollectedSpan {
  traceId: string;
  spanId: string;
  /** Empty for the first of a trace. */
  parentSpanId: string;
  name: string;
  /** 1 internal, 2 server, 3 client. */
  kind: number;
  facts: Record<string, unknown>;
  /** True where its status is an error. */
  isFailed: boolean;
  /** The message of its status; empty without one. */
  problem: string;
  /** The `service.name` of who sent it. */
  service: unknown;
}

/** A collector of traces in this process, by OTLP over HTTP as JSON. */
export interface TraceCollector {
  /** The address to configure. */
  url: string;
  /** All spans so far, in the order in which they came. */
  spans(): CollectedSpan[];
  /** The headers of each export so far. */
  exports(): IncomingMessage['headers'][];
  /** Never answers from now on, or answers with a status. */
  fail(how: 'silent' | number): void;
  close(): Promise<void>;
}

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}

interface SpanMessage extends Omit<
  CollectedSpan,
  'facts' | 'isFailed' | 'problem' | 'parentSpanId' | 'service'
> {
  parentSpanId?: string;
  attributes: Attribute[];
  status: { code?: number; message?: string };
}

interface ExportMessage {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: SpanMessage[] }[] }[];
}

const ERROR = 2;

export async function openTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let failing: 'silent' | number | null = null;
  const take = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const text = Buffer.concat(await req.toArray()).toString();
    if (failing === 'silent') return;
    if (failing !== null || req.url !== '/v1/traces') return void res.writeHead(failing ?? 404).end();
    headers.push(req.headers);
    spans.push(...spansIn(JSON.parse(text) as ExportMessage));
    res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  };
  const server = createServer((req, res) => void take(req, res)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => [...spans],
    exports: () => [...headers],
    fail: (how) => (failing = how),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function spansIn({ resourceSpans }: ExportMessage): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = factsOf(resource.attributes)['service.name'];
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ traceId, spanId, parentSpanId = '', name, kind, attributes, status }) => ({
        ...{ traceId, spanId, parentSpanId, name, kind, service },
        facts: factsOf(attributes),
        isFailed: status.code === ERROR,
        problem: status.message ?? '',
      })),
    );
  });
}

function factsOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
