import { Trans, useLingui } from '@lingui/react/macro';
import { MAX_SEARCH_LENGTH, MAX_SEARCH_WORDS } from '../../routing/searchLength.ts';
import { EmptyState } from './States.tsx';

/** Stands in place of what a search would find that the API does not take. */
export function SearchTooLong() {
  const { t } = useLingui();
  return (
    <EmptyState title={t`Your search is too long`}>
      <Trans>
        It may have {MAX_SEARCH_LENGTH} characters and {MAX_SEARCH_WORDS} words: a few words of the title are
        enough.
      </Trans>
    </EmptyState>
  );
}
