import type { ErrorLike } from '@apollo/client';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { codesOf, isTooLongSearch, isUnreachable } from '../../api/errors.ts';
import { isOverBudget } from '../../api/overBudget.ts';
import { SearchTooLong } from './SearchTooLong.tsx';
import { ErrorState } from './States.tsx';

export interface QueryErrorProps {
  error: ErrorLike | undefined;
  onRetry: () => Promise<unknown>;
  /** Names the missing section where the API answered and only this section failed. */
  title?: string;
}

/** Tells why a section's data did not arrive, and offers to request it again. */
export function QueryError({ error, onRetry, title }: QueryErrorProps) {
  const { t } = useLingui();
  const retry = () => void onRetry();
  if (isTooLongSearch(error)) return <SearchTooLong />;
  return isUnreachable(error) && !isOverBudget(error) ? (
    <ErrorState title={t`The server cannot be reached`} onRetry={retry}>
      <Trans>
        It may be starting or down, or you may be offline. What this page shows already stays available.
      </Trans>
    </ErrorState>
  ) : (
    <ErrorState title={title} onRetry={retry}>
      {error && <Reason error={error} />}
    </ErrorState>
  );
}

/** An error in the visitor's words: the API's own are for those who write requests. */
function Reason({ error }: { error: ErrorLike }): ReactNode {
  switch (isOverBudget(error) ? 'RATE_LIMITED' : codesOf(error)[0]) {
    case 'RATE_LIMITED':
      return <Trans>Too much was asked for in a short time. Wait a moment, then try again.</Trans>;
    case 'UNAUTHENTICATED':
      return <Trans>Your session has ended. Sign in again.</Trans>;
    case 'FORBIDDEN':
      return <Trans>This is not yours to see.</Trans>;
    case 'NOT_FOUND':
      return <Trans>It is not there any more.</Trans>;
    case 'BAD_USER_INPUT':
      return (
        <Trans>The address asks for something that is not there. Take a filter off, or start anew.</Trans>
      );
    default:
      return <Trans>The server could not answer. Try again in a moment.</Trans>;
  }
}
