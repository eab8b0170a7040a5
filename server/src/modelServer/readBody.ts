import type { IncomingMessage, ServerResponse } from 'node:http';
import getRawBody from 'raw-body';
import { RefusedBody } from '../http/refusedBody.ts';

/** Bytes of all requests that are worked on: what comes beyond is told to come again. */
const MAX_BYTES_IN_FLIGHT = 64_000_000;

export type BodyReader = (req: IncomingMessage, res: ServerResponse) => Promise<string>;

/**
 * Reads bodies as text, whatever their type, up to a size each and in all.
 * @returns rejects with RefusedBody
 */
export function createBodyReader(maxBytes: number, maxBytesInFlight = MAX_BYTES_IN_FLIGHT): BodyReader {
  let bytesInFlight = 0;
  return async (req, res) => {
    const length = req.headers['content-length'];
    if (length === undefined && req.headers['transfer-encoding'] === undefined) return '';
    if (req.headers['content-encoding'] !== undefined)
      throw new RefusedBody(415, 'The request body must not be compressed');
    // One that does not say how long it is may be as long as one may be.
    const reserved = Math.min(Number(length ?? maxBytes), maxBytes);
    if (bytesInFlight + reserved > maxBytesInFlight)
      throw new RefusedBody(503, 'The server is overloaded: try again in a moment');
    bytesInFlight += reserved;
    res.once('close', () => (bytesInFlight -= reserved));
    const limits = { limit: maxBytes, length: length ?? null, encoding: 'utf-8' } as const;
    return getRawBody(req, limits).catch((error: unknown) => {
      throw refusalOf(error, maxBytes);
    });
  };
}

function refusalOf(error: unknown, maxBytes: number): RefusedBody {
  return error instanceof Error && 'type' in error && error.type === 'entity.too.large'
    ? new RefusedBody(413, `The request body is larger than ${maxBytes} bytes`, { cause: error })
    : new RefusedBody(400, 'The request body is shorter than announced', { cause: error });
}
