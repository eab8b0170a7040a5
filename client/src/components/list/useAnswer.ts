import type { ErrorLike } from '@apollo/client';
import { useEffect, useEffectEvent, useState } from 'react';
import { isUnreachable } from '../../api/errors.ts';
import { reachability } from '../../api/reachability.ts';
import { answerOf, type AnswerState, type QueryState } from './answer.ts';

interface AskedQuery<Data> extends QueryState<Data> {
  /** Tells one question from another: the same object as long as it is the same. */
  variables?: unknown;
  refetch: () => Promise<unknown>;
}

/**
 * Decides what is shown of a query: `const answer = useAnswer(useQuery(...homeQuery(search)))`. The answer to the current question, or its
 * error; while it is awaited the former one (`isFormer`), to be dimmed and marked `aria-busy`. Where the server could not be reached, it
 * is asked again by itself, the error staying until then: when online again, when another question was answered, from time to time.
 *
 * Everything else of the result passes through, so that it can be handed on to `usePagedList`.
 */
export function useAnswer<Data, Result extends AskedQuery<Data>>(
  result: Result & AskedQuery<Data>,
): Omit<Result, keyof AnswerState<Data>> & AnswerState<Data> {
  const [again, setAgain] = useState<{ of: string; error: ErrorLike }>();
  const question = JSON.stringify(result.variables ?? null);
  const quietly = again?.of === question ? again.error : undefined;
  const unreachable = !result.loading && isUnreachable(result.error) ? result.error : undefined;
  const waits = unreachable !== undefined;

  const askAgain = useEffectEvent(() => {
    if (!unreachable) return;
    setAgain({ of: question, error: unreachable });
    const done = () => setAgain(undefined);
    result.refetch().then(done, done);
  });
  useEffect(() => {
    if (waits) return reachability.wait(() => askAgain());
  }, [waits]);

  return { ...result, ...answerOf(result, quietly) };
}
