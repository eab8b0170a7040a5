import { CombinedGraphQLErrors, type ErrorLike } from '@apollo/client';
import { ErrorState } from './States.tsx';

export interface QueryErrorProps {
  error: ErrorLike | undefined;
  onRetry: () => Promise<unknown>;
  /** Names the missing section where the API answered and only this section failed. */
  title?: string;
}

/** Tells why a section's data did not arrive, and offers to request it again. */
export function QueryError({ error, onRetry, title }: QueryErrorProps) {
  const retry = () => void onRetry();
  return isUnreachable(error) ? (
    <ErrorState
      title="The server cannot be reached"
      message="It may be starting or down, or you may be offline. Content that this page already shows stays available."
      onRetry={retry}
    />
  ) : (
    <ErrorState title={title} message={error?.message} onRetry={retry} />
  );
}

/** True where no answer arrived; an answer that carries errors counts as an answer. */
export const isUnreachable = (error: ErrorLike | undefined): boolean =>
  error !== undefined && !CombinedGraphQLErrors.is(error);
