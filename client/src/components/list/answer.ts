import type { ErrorLike } from '@apollo/client';

/** The part of `useQuery`'s result that tells of an answer. */
export interface QueryState<Data> {
  data: Data | undefined;
  previousData?: Data | undefined;
  loading: boolean;
  error?: ErrorLike | undefined;
}

/** The part of a query that a page shows. */
export interface AnswerState<Data> {
  /** The answer to the current question; while it is awaited, the one to the question before. */
  data: Data | undefined;
  /** True while `data` answers the question before: shown dimmed, never as the current one. */
  isFormer: boolean;
  loading: boolean;
  /** Why the current question has no answer, or only a part of one. */
  error: ErrorLike | undefined;
}

/**
 * Never an answer to another question as the current one: where the current question failed, its error stands alone.
 * @param quietly an error to keep showing while it is asked again by itself
 */
export function answerOf<Data>(state: QueryState<Data>, quietly?: ErrorLike): AnswerState<Data> {
  const { data, previousData, loading, error } = state;
  if (data !== undefined) return { data, isFormer: false, loading, error };
  if (quietly && loading) return { data: undefined, isFormer: false, loading: false, error: quietly };
  const former = loading ? previousData : undefined;
  return { data: former, isFormer: former !== undefined, loading, error: loading ? undefined : error };
}
