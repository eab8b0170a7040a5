import type { OperationOutcome } from '../graphql/apollo/httpContext.ts';

/** A request that has been answered, or given up. */
export interface AnsweredRequest {
  /** Without the query. */
  path: string;
  /** Null where the client went away. */
  status: number | null;
  durationMs: number;
  outcome: OperationOutcome;
}
