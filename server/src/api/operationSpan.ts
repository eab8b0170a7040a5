import { openSpan, type OpenSpan } from '@pocketrocket/runtime';
import type { ApiRequest } from './apiPort.ts';
import type { ApiOutcome } from './apolloApi.ts';

/** Codes of an answer's errors that a span tells. */
const MAX_CODES = 10;

/**
 * Answers an operation within a span that continues the front's; without one while tracing is off. The operation itself gives it its
 * name once that is known.
 */
export async function inOperationSpan(
  { requestId, trace }: ApiRequest,
  answer: () => Promise<ApiOutcome>,
): Promise<ApiOutcome> {
  const span = openSpan({
    name: 'graphql',
    kind: 'internal',
    from: trace,
    facts: { 'pocketrocket.request_id': requestId },
  });
  if (!span) return answer();
  try {
    const answered = await span.run(answer);
    describe(span, answered);
    return answered;
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

function describe(span: OpenSpan, answered: ApiOutcome): void {
  if ('elsewhere' in answered) return span.note({ 'pocketrocket.passed_to_thread': answered.elsewhere });
  const { cost, errorCodes } = answered.outcome;
  const codes = errorCodes && [...new Set(errorCodes)].slice(0, MAX_CODES);
  span.note({ 'pocketrocket.cost': cost, 'pocketrocket.error_codes': codes });
  if (codes?.[0] !== undefined) span.fail(codes[0]);
}
