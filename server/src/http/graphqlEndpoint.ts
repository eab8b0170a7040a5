import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import {
  HeaderMap,
  type ApolloServer,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import bodyParser from 'body-parser';
import type { HttpContext } from '../graphql/apollo/httpContext.ts';
import { timed } from '../timing/stepTimes.ts';
import { sendError } from './responses.ts';

/** Room for a query and its variables many times over. */
const MAX_BODY = '200kb';

const PLAIN_BODY_BYTES = 100_000;
const PLAIN_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/json;charset=UTF-8',
  'application/json; charset=UTF-8',
]);

const utf8 = new TextDecoder();
const parseBody = bodyParser.json({ limit: MAX_BODY });

/** Hands a request to Apollo Server and its answer back; bodies that are too large or no JSON are refused here. */
export async function answerGraphql(
  apollo: ApolloServer<HttpContext>,
  contextValue: HttpContext,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  try {
    const answer = await timed('answer', async () => {
      const body = await timed('body', () => readBody(req, res)).catch(refuse);
      return apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: toGraphqlRequest(req, body),
        context: () => Promise.resolve(contextValue),
      });
    });
    // Too late: the deadline has answered.
    if (!res.headersSent) timed('send', () => send(answer, res));
  } catch (error) {
    if (!(error instanceof RefusedBody)) throw error;
    // What is left of the body is not worth reading.
    res.setHeader('connection', 'close');
    sendError(res, error.status, 'BAD_REQUEST', error.message);
  }
}

function send(answer: HTTPGraphQLResponse, res: ServerResponse): void {
  res.statusCode = answer.status ?? 200;
  for (const [name, value] of answer.headers) res.setHeader(name, value);
  if (answer.body.kind === 'complete') res.end(answer.body.string);
  else Readable.from(answer.body.asyncIterator).pipe(res);
}

/** A body that is answered by a status and a reason. */
class RefusedBody extends Error {
  readonly status: number;

  constructor(status: number, reason: string, cause: unknown) {
    super(reason, { cause });
    this.status = status;
  }
}

function refuse(error: unknown): never {
  const { status, message } = refusalOf(error);
  throw new RefusedBody(status, message, error);
}

async function readBody(req: IncomingMessage & { body?: unknown }, res: ServerResponse): Promise<unknown> {
  const text = isPlainJson(req) ? await readText(req) : null;
  if (text !== null) {
    const body = parseObject(text);
    if (body !== undefined) return body;
    throw Object.assign(new Error('no JSON object'), { type: 'entity.parse.failed' });
  }
  return new Promise((resolve, reject) =>
    parseBody(req, res, (error?: Error) => (error ? reject(error) : resolve(req.body))),
  );
}

/** A body that most clients send: of a length that is announced and small, in UTF-8, not compressed. Others go through body-parser. */
function isPlainJson({ headers }: IncomingMessage): boolean {
  const length = Number(headers['content-length']);
  return (
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    length > 0 &&
    length <= PLAIN_BODY_BYTES &&
    PLAIN_TYPES.has(headers['content-type'] ?? '')
  );
}

function readText(req: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const [only] = chunks;
      resolve(utf8.decode(chunks.length === 1 ? only : Buffer.concat(chunks)));
    });
    req.on('error', () =>
      reject(Object.assign(new Error('the request was aborted'), { type: 'request.aborted' })),
    );
  });
}

/** Parses JSON; undefined where it is neither an object nor a list. */
function parseObject(text: string): unknown {
  try {
    const parsed = JSON.parse(text) as unknown;
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function toGraphqlRequest(
  { method = 'GET', headers, url = '' }: IncomingMessage,
  body: unknown,
): HTTPGraphQLRequest {
  const headerMap = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) headerMap.set(name, Array.isArray(value) ? value.join(', ') : value);
  const queryAt = url.indexOf('?');
  return { method, headers: headerMap, search: queryAt < 0 ? '' : url.slice(queryAt), body };
}

/** Maps body-parser's error to a status and a message. It names its kinds in `type`. */
function refusalOf(error: unknown): { status: number; message: string } {
  const { type, status } = error as { type?: unknown; status?: unknown };
  switch (type) {
    case 'entity.too.large':
      return { status: 413, message: `The request body is larger than ${MAX_BODY}.` };
    case 'entity.parse.failed':
      return { status: 400, message: 'The request body is not a JSON object.' };
    case 'charset.unsupported':
      return { status: 415, message: 'The request body must be UTF-8.' };
    case 'encoding.unsupported':
      return { status: 415, message: 'The request body is compressed in a way that is not supported.' };
    case 'request.aborted':
    case 'request.size.invalid':
      return { status: 400, message: 'The request body is shorter than announced.' };
    default:
      if (typeof status === 'number' && status < 500)
        return { status, message: 'The request body cannot be read.' };
      throw error;
  }
}
