import type { ServerResponse } from 'node:http';
import type { ApiAnswer } from '../api/apiPort.ts';
import type { Holding, Holdings } from './holdings.ts';

/** Bytes written at once: what a client must take within the deadline to have made progress. */
const CHUNK_BYTES = 64 * 1024;

/**
 * Writes an answer as fast as the client reads it. What the system does not take at once counts among the answers that are held; where
 * the client makes no progress, the connection is cut.
 */
export function sendAnswer(
  res: ServerResponse,
  answer: ApiAnswer,
  { held, address }: { held: Holdings; address: string },
): void {
  res.statusCode = answer.status;
  const { headers, body } = answer;
  for (let at = 0; at + 1 < headers.length; at += 2) res.setHeader(headers[at] ?? '', headers[at + 1] ?? '');
  if (body.length <= CHUNK_BYTES) {
    res.end(body);
    if (isWritten(res)) return;
    hold(res, held, address, body.length);
  } else {
    sendChunks(res, body, hold(res, held, address, body.length));
  }
}

/** True where the system has taken everything. */
function isWritten({ writableEnded, writableLength }: ServerResponse): boolean {
  return writableEnded && writableLength === 0;
}

function hold(res: ServerResponse, held: Holdings, address: string, bytes: number): Holding {
  const holding = held.hold(address, bytes, () => res.req.socket.destroy());
  res.once('close', () => holding.release());
  return holding;
}

function sendChunks(res: ServerResponse, body: Uint8Array, holding: Holding): void {
  let sent = 0;
  const sendMore = () => {
    while (!res.destroyed && sent < body.length) {
      const chunk = body.subarray(sent, sent + CHUNK_BYTES);
      sent += chunk.length;
      holding.touch();
      if (sent === body.length) res.end(chunk);
      else if (!res.write(chunk)) return;
    }
  };
  // One listener for all: compression hands each one on to its stream, and takes none back.
  res.on('drain', sendMore);
  sendMore();
}
