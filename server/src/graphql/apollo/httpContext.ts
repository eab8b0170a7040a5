import type { ApiContext } from '../context.ts';

/** The fields of a request's log line beyond HTTP; filled in while the request runs. */
export interface OperationOutcome {
  /** Name of the operation; null for one without. */
  operation?: string | null;
  /** Codes of the errors in the answer. */
  errorCodes?: string[];
}

/** The context of a request that came by HTTP. */
export interface HttpContext extends ApiContext {
  outcome: OperationOutcome;
  /** Number of the thread that keeps a list which the request continues and this thread lacks; null where there is none. */
  elsewhere: number | null;
}
