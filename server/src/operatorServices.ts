import { cacheSizes } from './caches/registry.ts';
import type { ClientUse } from './budgets/clientUse.ts';
import { readExportPage, type ExportCursor } from './exports/exportPages.ts';
import type { ExportRequest } from './exports/exportRequest.ts';
import { listCounts } from './lists/listCounts.ts';
import { shownCounts } from './lists/shownCounts.ts';
import type { ServerParts } from './openParts.ts';
import type { ReportName } from './operators/reportNames.ts';
import { REPORTERS } from './operators/reports.ts';
import type { ThreadState } from './operators/serverState.ts';
import { EXPORT_SERVICE, REPORT_SERVICE, SHOWN_SERVICE, THREAD_STATE_SERVICE } from './threads/messages.ts';
import { stepTotals } from './timing/stepTimes.ts';

/** A page of an export that the front asks for. */
export interface ExportQuestion {
  request: ExportRequest;
  after: ExportCursor | null;
}

/** The services of an API thread by which operators look into the server. */
export function operatorServices({
  deps,
  use,
}: Pick<ServerParts, 'deps' | 'use'>): Readonly<Record<string, (payload: unknown) => unknown>> {
  const { database, operators, catalogue, models } = deps;
  return {
    [THREAD_STATE_SERVICE]: () => threadState(use),
    [SHOWN_SERVICE]: shownCounts,
    [REPORT_SERVICE]: (name) => REPORTERS[name as ReportName]({ ...operators, catalogue, models, database }),
    [EXPORT_SERVICE](payload) {
      const { request, after } = payload as ExportQuestion;
      return readExportPage(database, request, after);
    },
  };
}

/** The state of this thread. */
export function threadState(use: ClientUse): ThreadState {
  return { lists: listCounts(), caches: cacheSizes(), steps: stepTotals(), use: use.report() };
}
