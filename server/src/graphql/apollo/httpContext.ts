import type { WorkMeter } from '../../timing/workMeter.ts';
import type { Standing } from '../../budgets/budgetGate.ts';
import type { ApiContext } from '../context.ts';
import type { PublicRequest } from './publicAnswers.ts';

/** The fields of a request's log line beyond HTTP; filled in while the request runs. */
export interface OperationOutcome {
  /** Name of the operation; null for one without. */
  operation?: string | null;
  /** Estimated cost; left out where it was refused before. */
  cost?: number;
  /** True for a stream that lasted as long as its client wanted. */
  isLive?: boolean;
  /** Codes of the errors in the answer. */
  errorCodes?: string[];
}

/** Cost of a request, in units of fifty microseconds of CPU. */
export interface OperationCost {
  /** The estimate made before anything was resolved. */
  requested: number;
}

/** Facts of a request that the front needs besides its answer. */
export interface Routing {
  /** Number of the thread that keeps a list which the request continues and this thread lacks; null where there is none. */
  elsewhere: number | null;
  /** The client's budget after it; null where there are none. */
  standing: Standing | null;
}

/** The context of a request that came by HTTP. */
export interface HttpContext extends ApiContext {
  outcome: OperationOutcome;
  /** An object of its own, since Apollo Server hands out copies of the context. */
  routing: Routing;
  /** Set once the operation is known and its variables fit. */
  cost?: OperationCost;
  /** Set where the answer may be everybody's. An object of its own, too. */
  publicRequest?: PublicRequest;
  /** Measures the work that falls to this request. */
  work?: WorkMeter;
  /** True where another thread has passed the request on, and has charged for it. */
  isPassedOn?: boolean;
}
