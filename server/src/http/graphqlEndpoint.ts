import type { IncomingMessage, ServerResponse } from 'node:http';
import { traceHeaders } from '@pocketrocket/runtime';
import { Overloaded, type ApiAnswer, type ApiPort, type ApiRequest } from '../api/apiPort.ts';
import type { BudgetGate } from '../budgets/budgetGate.ts';
import type { OperationOutcome } from '../graphql/apollo/httpContext.ts';
import { deadlinesOf } from '../timing/deadline.ts';
import { timed } from '../timing/stepTimes.ts';
import type { Admission } from './admission.ts';
import { flatHeaders } from './flatHeaders.ts';
import type { HeldRefusals } from './heldRefusals.ts';
import type { Holdings } from './holdings.ts';
import type { LiveFront } from './live/liveFront.ts';
import { FULL } from './live/upgrade.ts';
import { isShared, type PublicAnswers } from './publicAnswers.ts';
import { RefusedBody } from './refusedBody.ts';
import { readBody } from './requestBody.ts';
import { searchOf } from './requestPath.ts';
import { sendError } from './responses.ts';
import { sendAnswer } from './sendAnswer.ts';

/** Characters of a subscription's body, which is kept for as long as its stream lasts. */
const MAX_STREAM_BODY = 32_000;

export interface GraphqlEndpointDeps {
  api: ApiPort;
  admission: Admission;
  bodies: Holdings;
  answers: Holdings;
  gate: BudgetGate;
  refusals: HeldRefusals;
  publicAnswers: PublicAnswers;
  /** Null where nothing is answered live. */
  live: LiveFront | null;
  /** After so many milliseconds a request is answered, whatever it still waits for. */
  requestTimeoutMs: number;
}

/** A request as its log line and its limits know it. */
export interface RequestFacts {
  requestId: string;
  address: string;
  /** Filled in once the answer is there. */
  outcome: OperationOutcome;
}

/**
 * Hands a request to the API as soon as its body is there, and its answer back.
 * @throws Overloaded; AppError UPSTREAM_UNAVAILABLE without an answer in time
 */
export async function answerGraphql(
  deps: GraphqlEndpointDeps,
  { requestId, address, outcome }: RequestFacts,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  try {
    const { authorization } = req.headers;
    const closed = await deps.gate.check(address, authorization);
    if (closed) return await deps.refusals.refuse(req, res, { address, closed });
    const send = (answer: ApiAnswer) =>
      timed('send', () => sendAnswer(res, answer, { held: deps.answers, address }));
    const kept = deps.publicAnswers.answer(req, res, send);
    if (kept) return void Object.assign(outcome, keptOutcome(kept.outcome));
    const live = isEventStream(req) ? deps.live : null;
    const full = live?.refusal(address);
    if (full) return refuseLive(res, full);
    const body = await timed('body', () => readBody(req, res, { held: deps.bodies, address }));
    // Whoever went away meanwhile waits for nothing.
    if (res.destroyed) return;
    if (live) {
      // Others may have come in while the body did.
      const fullNow = live.refusal(address);
      if (fullNow) return refuseLive(res, fullNow);
      if ((body?.length ?? 0) > MAX_STREAM_BODY)
        return sendError(res, 413, 'BAD_REQUEST', 'The request body of a subscription may have 32 kB.');
      return await live.streams.accept({ requestId, address, outcome }, req, res, body);
    }
    if (!deps.admission.enter(res, address, body?.length ?? 0)) throw new Overloaded();
    const deadlines = deadlinesOf(deps.requestTimeoutMs);
    res.once('close', () => deadlines.clear());
    const trace = traceHeaders();
    const request: ApiRequest = {
      requestId,
      method: req.method ?? 'GET',
      search: searchOf(req),
      headers: flatHeaders(req),
      body,
      address,
      timeoutMs: deps.requestTimeoutMs,
      isPassedOn: false,
      ...(trace && { trace }),
    };
    const answer = await deadlines.answer.race(
      deps.api.handle(request, () => !res.destroyed && !res.headersSent),
    );
    Object.assign(outcome, answer.outcome);
    if (answer.standing) deps.gate.learn(answer.standing, authorization);
    if (isShared(answer)) deps.publicAnswers.take(req, res, answer, send);
    else send(answer);
  } catch (error) {
    if (!(error instanceof RefusedBody)) throw error;
    // What is left of the body is not worth reading.
    res.setHeader('connection', 'close');
    sendError(res, error.status, 'BAD_REQUEST', error.message);
  }
}

/** An answer that was kept costs as good as nothing. */
function keptOutcome({ operation }: OperationOutcome): OperationOutcome {
  return { ...(operation !== undefined && { operation }), cost: 0 };
}

/**
 * True for a request that asks for an event stream before anything else, as some clients name it behind JSON in every request. By POST
 * alone, which no page of another origin sends without being let in by CORS.
 */
export function isEventStream({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && /^\s*text\/event-stream\b/i.test(headers.accept ?? '');
}

function refuseLive(res: ServerResponse, status: 429 | 503): void {
  res.setHeader('retry-after', '1');
  res.setHeader('connection', 'close');
  sendError(res, status, status === 429 ? 'RATE_LIMITED' : 'UPSTREAM_UNAVAILABLE', FULL);
}
