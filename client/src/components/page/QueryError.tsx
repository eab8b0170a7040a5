import { CombinedGraphQLErrors, type ErrorLike } from '@apollo/client';
import { ErrorState } from './States.tsx';

export interface QueryErrorProps {
  error: ErrorLike | undefined;
  onRetry: () => Promise<unknown>;
  /** What is missing, when the API answered and only this part failed. */
  title?: string;
}

/** A part whose data did not come, with the reason in words and the way to ask again. */
export function QueryError({ error, onRetry, title }: QueryErrorProps) {
  const retry = () => void onRetry();
  return isUnreachable(error) ? (
    <ErrorState
      title="The film server cannot be reached"
      message="It may be starting or stopped, or this device is offline. What is on this page already stays."
      onRetry={retry}
    />
  ) : (
    <ErrorState title={title} message={error?.message} onRetry={retry} />
  );
}

/** Whether the API answered at all: an answer that carries errors is one. */
export const isUnreachable = (error: ErrorLike | undefined): boolean =>
  error !== undefined && !CombinedGraphQLErrors.is(error);
