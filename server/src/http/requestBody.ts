import type { IncomingMessage, ServerResponse } from 'node:http';
import bodyParser from 'body-parser';
import type { Holdings } from './holdings.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { RefusedBody } from './refusedBody.ts';

const NOT_UTF8 = 'The request body must be UTF-8.';
const TOO_LARGE = `The request body is larger than ${MAX_BODY_BYTES / 1024}kb.`;
const CUT_SHORT = 'The request body is shorter than announced.';
const TOO_SLOW = 'The request body did not arrive in time.';

const utf8 = new TextDecoder('utf-8', { fatal: true });
const readRaw = bodyParser.raw({ limit: MAX_BODY_BYTES, type: () => true });

/**
 * Reads a request's body as text, while it counts among the bodies that are held.
 * @returns null where there is none, or one of another type than JSON, which nobody needs to read
 * @throws RefusedBody
 */
export async function readBody(
  req: IncomingMessage,
  res: ServerResponse,
  { held, address }: { held: Holdings; address: string },
): Promise<string | null> {
  if (!hasBody(req)) return null;
  const type = req.headers['content-type'] ?? '';
  if (!PLAIN_TYPES.has(type) && !isJson(type)) {
    res.setHeader('connection', 'close');
    return null;
  }
  const length = Number(req.headers['content-length']);
  if (length > MAX_BODY_BYTES) throw new RefusedBody(413, TOO_LARGE);
  let cut: (error: RefusedBody) => void = () => undefined;
  const late = new Promise<never>((_, reject) => (cut = reject));
  const holding = held.hold(address, 0, () => cut(new RefusedBody(408, TOO_SLOW)));
  req.on('data', (chunk: Buffer) => holding.grow(chunk.length));
  try {
    const isPlain = req.headers['content-encoding'] === undefined && length > 0;
    return decode(await Promise.race([isPlain ? readPlain(req) : readEncoded(req, res), late]));
  } finally {
    holding.release();
  }
}

/** The types that most clients send. */
const PLAIN_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/json;charset=UTF-8',
  'application/json; charset=UTF-8',
]);

/** @throws RefusedBody for JSON in another encoding than UTF-8 */
function isJson(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  if (type.trim() !== 'application/json') return false;
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=');
    const isUtf8 = /^"?utf-?8"?$/.test(value.trim());
    if (name.trim() === 'charset' && !isUtf8) throw new RefusedBody(415, NOT_UTF8);
  }
  return true;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function readPlain(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.on('error', (error) => reject(new RefusedBody(400, CUT_SHORT, { cause: error })));
  });
}

/** Reads a body that is compressed, or of a length that is not announced. */
function readEncoded(req: IncomingMessage & { body?: unknown }, res: ServerResponse): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    readRaw(req, res, (error?: unknown) => {
      if (error) reject(refusalOf(error));
      else resolve(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
    }),
  );
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new RefusedBody(400, 'The request body is not valid UTF-8.', { cause: error });
  }
}

/** Maps body-parser's error to a status and a message. It names its kinds in `type`. */
function refusalOf(error: unknown): Error {
  const { type, status } = error as { type?: unknown; status?: unknown };
  const refused = (code: number, message: string) => new RefusedBody(code, message, { cause: error });
  switch (type) {
    case 'entity.too.large':
      return refused(413, TOO_LARGE);
    case 'encoding.unsupported':
      return refused(415, 'The request body is compressed in a way that is not supported.');
    case 'request.aborted':
    case 'request.size.invalid':
      return refused(400, CUT_SHORT);
    default:
      return typeof status === 'number' && status < 500
        ? refused(status, 'The request body cannot be read.')
        : new Error('the request body cannot be read', { cause: error });
  }
}
