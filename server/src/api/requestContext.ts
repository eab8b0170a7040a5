import type { Logger } from '@pocketrocket/runtime';
import type { HttpContext, OperationOutcome } from '../graphql/apollo/httpContext.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { deadlinesOf } from '../timing/deadline.ts';
import { Turns } from '../timing/turns.ts';
import type { WorkMeter } from '../timing/workMeter.ts';

/** The parts of which contexts are made. */
export interface ContextDeps {
  createScope(turns: Turns): RequestScope;
  /** Reads who is signed in by an authorization header. */
  viewerOf(authorization: string | undefined): HttpContext['viewer'];
  /** Reads what an API key in an authorization header may do. */
  appOf(authorization: string | undefined, address: string): HttpContext['app'];
  /** A request's deadline in milliseconds, as messages tell it. */
  requestTimeoutMs: number;
  logger: Logger;
}

/** Whoever asks, and until when an answer is of use. */
export interface ContextRequest {
  requestId: string;
  authorization: string | undefined;
  address: string;
  timeoutMs: number;
  isPassedOn: boolean;
  work?: WorkMeter;
}

/** A context with what is in it from the start; whoever opens it clears it. */
export interface OpenedContext {
  context: HttpContext;
  outcome: OperationOutcome;
  clear(): void;
}

/** The context of one operation, of a request or of an answer of a subscription. */
export function openContext(deps: ContextDeps, request: ContextRequest): OpenedContext {
  const { requestId, authorization, address, timeoutMs, isPassedOn, work } = request;
  const deadlines = deadlinesOf(timeoutMs, deps.requestTimeoutMs);
  const turns = new Turns();
  const viewer = deps.viewerOf(authorization);
  const outcome: OperationOutcome = {};
  const context: HttpContext = {
    requestId,
    logger: deps.logger.child({ requestId }),
    outcome,
    viewer,
    viewerId: async () => (await viewer())?.userId ?? null,
    app: deps.appOf(authorization, address),
    address,
    scope: deps.createScope(turns),
    turns,
    deadline: deadlines.fields,
    ...(work && { work }),
    isPassedOn,
    routing: { elsewhere: null, standing: null },
  };
  return { context, outcome, clear: () => deadlines.clear() };
}
