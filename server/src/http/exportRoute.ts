import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, messageOf, type Logger } from '@pocketrocket/runtime';
import { exportOfAddress } from '../exports/exportAddress.ts';
import type { ExportCursor, ExportPage } from '../exports/exportPages.ts';
import type { ExportRequest } from '../exports/exportRequest.ts';
import type { AddressSigner } from '../exports/signedAddress.ts';
import { nowSeconds } from '../timing/clock.ts';
import { pathOf, searchOf } from './requestPath.ts';
import { sendError } from './responses.ts';

export interface ExportRouteDeps {
  signer: AddressSigner;
  /** Reads a page, in one of the API threads. @throws AppError UPSTREAM_UNAVAILABLE */
  readPage: (request: ExportRequest, after: ExportCursor | null) => Promise<ExportPage>;
  logger: Logger;
}

/** Media type of JSON lines. */
export const EXPORT_TYPE = 'application/x-ndjson';

/** Exports that are sent at once; each holds one page in memory. */
const MAX_EXPORTS = 4;
/** Milliseconds in which a client must take what was written. */
const STALL_MS = 30_000;

/** Sends exports to whoever has a signed address, page by page, each read once the client has taken the one before. */
export function createExportRoute({ signer, readPage, logger }: ExportRouteDeps) {
  let underWay = 0;
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (req.method !== 'GET') {
      res.setHeader('allow', 'GET');
      return sendError(res, 405, 'BAD_REQUEST', 'Only GET is allowed here.');
    }
    const address = { path: pathOf(req), search: searchOf(req) };
    const request = exportOfAddress(signer, address, nowSeconds());
    if (!request)
      return sendError(
        res,
        403,
        'FORBIDDEN',
        'This address is wrong or has expired: the mutation createExport makes another.',
      );
    if (underWay >= MAX_EXPORTS)
      throw new AppError('UPSTREAM_UNAVAILABLE', `${MAX_EXPORTS} exports are sent already; try again later`);
    underWay++;
    try {
      await send(res, request);
    } finally {
      underWay--;
    }
  };

  async function send(res: ServerResponse, request: ExportRequest): Promise<void> {
    // Before the head: where it fails, the status can still say so.
    let page = await readPage(request, null);
    res.statusCode = 200;
    res.setHeader('content-type', `${EXPORT_TYPE}; charset=utf-8`);
    res.setHeader('content-disposition', `attachment; filename="${request.kind}.jsonl"`);
    res.setHeader('cache-control', 'no-store');
    const client = new Client(res);
    try {
      while (await client.takes(page.text)) {
        if (page.next === null) return void res.end();
        page = await readPage(request, page.next);
      }
    } catch (error) {
      logger.warn({ problem: messageOf(error), kind: request.kind }, 'an export broke off');
    }
    // Not ended: the client sees that something is missing.
    res.destroy();
  }
}

/** Whoever reads an answer. */
class Client {
  readonly #res: ServerResponse;
  #goOn: (mayGoOn: boolean) => void = () => undefined;

  constructor(res: ServerResponse) {
    this.#res = res;
    // One listener for all: compression hands each one on to its stream, and takes none back.
    res.on('drain', () => this.#goOn(true));
    res.once('close', () => this.#goOn(false));
  }

  /** Writes, and waits until the client has room for more. @returns false where it is gone, or takes nothing */
  async takes(text: string): Promise<boolean> {
    if (this.#res.destroyed) return false;
    if (text === '' || this.#res.write(text)) return true;
    return new Promise((resolve) => {
      const stalled = setTimeout(() => this.#goOn(false), STALL_MS);
      this.#goOn = (mayGoOn) => {
        clearTimeout(stalled);
        resolve(mayGoOn);
      };
    });
  }
}
