import {
  HeaderMap,
  type ApolloServer,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import type { Standing } from '../budgets/budgetGate.ts';
import type { Payer } from '../graphql/limits/budgetLimit.ts';
import { MAX_VARIABLES } from '../graphql/limits/documentLimits.ts';
import type { HttpContext, OperationOutcome } from '../graphql/apollo/httpContext.ts';
import { timed } from '../timing/stepTimes.ts';
import { startWorkMeter, type WorkMeter } from '../timing/workMeter.ts';
import type { ApiAnswer, ApiPort, ApiRequest } from './apiPort.ts';
import { errorAnswer } from './errorAnswer.ts';
import { inOperationSpan } from './operationSpan.ts';
import { isPublicRequest, openToEverybody } from './publicRequest.ts';
import { openContext, type ContextDeps } from './requestContext.ts';
import { weakEtag } from './weakEtag.ts';

export interface ApolloApiDeps extends ContextDeps {
  apollo: ApolloServer<HttpContext>;
  /** Charges for a request that is no operation; unset where there are no budgets. */
  chargeUnread?: ((payer: Payer) => Promise<Standing>) | undefined;
}

/** The answer, or the thread that keeps the list which the request continues. */
export type ApiOutcome = ApiAnswer | { elsewhere: number };

/** The API of this thread. */
export interface ApolloApi extends ApiPort {
  /** Answers, unless another thread is to do so. @param work measures this request */
  answer(request: ApiRequest, work: WorkMeter): Promise<ApiOutcome>;
}

export const NOT_JSON = 'The request body is not a JSON object.';
export const TOO_MANY_VARIABLES = `A request may send ${MAX_VARIABLES} variables; this one sends more.`;

/** The beginning of an answer without errors, which would come first. */
const WITHOUT_ERRORS = '{"data":';

const encoder = new TextEncoder();

/** The API by Apollo Server in this thread. */
export function createApolloApi(deps: ApolloApiDeps): ApolloApi {
  const answerHere = async (
    request: ApiRequest,
    work: WorkMeter,
    isForGood: boolean,
  ): Promise<ApiOutcome> => {
    const headers = headerMapOf(request.headers);
    const { requestId, address, timeoutMs, isPassedOn } = request;
    const authorization = headers.get('authorization');
    const opened = openContext(deps, { requestId, authorization, address, timeoutMs, isPassedOn, work });
    const { context, outcome } = opened;
    const unread = async () => {
      const standing = await deps.chargeUnread?.(context);
      return standing && { standing };
    };
    try {
      const body = request.body === null ? undefined : parseObject(request.body);
      if (body === null) return { ...errorAnswer(400, 'BAD_REQUEST', NOT_JSON), ...(await unread()) };
      if (body && hasTooManyVariables(body))
        return { ...errorAnswer(400, 'BAD_USER_INPUT', TOO_MANY_VARIABLES), ...(await unread()) };
      const { method, search } = request;
      if (isPublicRequest({ method, search, headers })) context.publicRequest = openToEverybody(headers);
      const httpGraphQLRequest: HTTPGraphQLRequest = { method, headers, search, body };
      const response = await timed('answer', () =>
        deps.apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context }),
      );
      const { elsewhere, standing } = context.routing;
      if (elsewhere !== null && !isForGood) return { elsewhere };
      const { maxAgeSeconds = null } = context.publicRequest ?? {};
      return {
        ...(await answerOf(response, outcome, maxAgeSeconds)),
        ...(standing ? { standing } : await unread()),
      };
    } finally {
      opened.clear();
    }
  };
  const answer = (
    request: ApiRequest,
    work: WorkMeter,
    isForGood = request.isPassedOn,
  ): Promise<ApiOutcome> => inOperationSpan(request, () => answerHere(request, work, isForGood));
  return {
    answer,
    async handle(request) {
      const work = startWorkMeter();
      try {
        const answered = await answer(request, work, true);
        if ('elsewhere' in answered) throw new Error('a request that was passed on was passed on again');
        return answered;
      } finally {
        work.stop();
      }
    },
  };
}

/** Headers that came as names and values in turn. */
export function headerMapOf(flat: readonly string[]): HeaderMap {
  const headers = new HeaderMap();
  for (let at = 0; at + 1 < flat.length; at += 2) headers.set(flat[at] ?? '', flat[at + 1] ?? '');
  return headers;
}

/** Parses JSON; null where it is neither an object nor a list. */
export function parseObject(text: string): object | null {
  try {
    const parsed = JSON.parse(text) as unknown;
    return typeof parsed === 'object' ? parsed : null;
  } catch {
    return null;
  }
}

/** True for more than any document may declare: GraphQL.js and Apollo Server walk through them all, again and again. */
export function hasTooManyVariables(body: object): boolean {
  const { variables }: { variables?: unknown } = body;
  return typeof variables === 'object' && Object.keys(variables ?? {}).length > MAX_VARIABLES;
}

async function answerOf(
  response: HTTPGraphQLResponse,
  outcome: OperationOutcome,
  maxAgeSeconds: number | null,
): Promise<ApiAnswer> {
  const { body } = response;
  let text = '';
  if (body.kind === 'complete') text = body.string;
  else for await (const chunk of body.asyncIterator) text += chunk;
  const headers: string[] = [];
  for (const [name, value] of response.headers) if (name !== 'cache-control') headers.push(name, value);
  const status = response.status ?? 200;
  const answer = { status, headers, body: encoder.encode(text), outcome };
  // One that turned out too large is a text of errors, too.
  if (maxAgeSeconds !== null && status === 200 && text.startsWith(WITHOUT_ERRORS))
    return { ...answer, shared: { etag: weakEtag(text), maxAgeSeconds } };
  headers.push('cache-control', 'no-store');
  return answer;
}
