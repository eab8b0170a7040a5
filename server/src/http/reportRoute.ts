import type { IncomingMessage, ServerResponse } from 'node:http';
import { REPORT_PATH } from '../exports/reportAddress.ts';
import type { AddressSigner } from '../exports/signedAddress.ts';
import { REPORTS, type ReportName } from '../operators/reportNames.ts';
import { nowSeconds } from '../timing/clock.ts';
import { pathOf, searchOf } from './requestPath.ts';
import { sendError, sendJson } from './responses.ts';

export interface ReportRouteDeps {
  signer: AddressSigner;
  /** Reads a part of the server's state. @throws AppError UPSTREAM_UNAVAILABLE */
  report: (name: ReportName) => Promise<unknown>;
}

/** Tells the state of this server to commands that know its secret. */
export function createReportRoute({ signer, report }: ReportRouteDeps) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const path = pathOf(req);
    const isSigned = signer.open(path, searchOf(req), nowSeconds()) !== null;
    const name = REPORTS.find((one) => path === `${REPORT_PATH}${one}`);
    if (req.method !== 'GET' || !isSigned || !name)
      return sendError(res, 403, 'FORBIDDEN', 'Only commands of the operator may ask for this.');
    sendJson(res, 200, await report(name));
  };
}
