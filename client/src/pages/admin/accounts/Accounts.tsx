import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useDeferredValue, useState } from 'react';
import { Button, EmptyState } from '../../../components/index.ts';
import { MAX_EMAIL_LENGTH } from '../../../api/limits.ts';
import { useAddressState } from '../../../routing/addressState.ts';
import { AdminPart } from '../parts/AdminPart.tsx';
import { Panel } from '../parts/Panel.tsx';
import parts from '../parts/parts.module.css';
import { AccountTable } from './AccountTable.tsx';
import { AccountsQuery } from './operations.ts';
import { RoleChanges } from './RoleChanges.tsx';

const PAGE_SIZE = 50;

/** Accounts: found by their address, given a role, signed out, deleted. */
export default function Accounts() {
  return (
    <div>
      <Found />
      <RoleChanges />
    </div>
  );
}

function Found() {
  const { t } = useLingui();
  const { search, updateSearch } = useAddressState();
  const text = search.get('query') ?? '';
  const query = useDeferredValue(text.trim());
  const result = useQuery(AccountsQuery, {
    variables: { query: query === '' ? null : query, first: PAGE_SIZE, after: null },
    fetchPolicy: 'cache-and-network',
  });
  const [loadingMore, setLoadingMore] = useState(false);
  const showMore = async (after: string) => {
    setLoadingMore(true);
    await result.fetchMore({ variables: { after } }).finally(() => setLoadingMore(false));
  };
  return (
    <Panel title={t`Accounts`}>
      <label className={parts.field}>
        <Trans>Find by a part of the email address</Trans>
        <input
          type="search"
          value={text}
          maxLength={MAX_EMAIL_LENGTH}
          autoComplete="off"
          onChange={({ currentTarget }) => updateSearch({ query: currentTarget.value || null })}
        />
      </label>
      <AdminPart result={result} errorTitle={t`The accounts did not load`}>
        {({ accounts: { edges, totalCount, pageInfo } }) => (
          <>
            <p role="status">
              <Plural value={totalCount} one="# account" other="# accounts" />
            </p>
            {edges.length === 0 ? (
              <EmptyState
                title={query === '' ? t`Nobody has signed up yet` : t`No address holds “${query}”`}
              />
            ) : (
              <AccountTable accounts={edges.map(({ node }) => node)} />
            )}
            {pageInfo.hasNextPage && pageInfo.endCursor && (
              <div>
                <Button aria-disabled={loadingMore} onClick={() => void showMore(pageInfo.endCursor ?? '')}>
                  <Trans>Show more accounts</Trans>
                </Button>
              </div>
            )}
          </>
        )}
      </AdminPart>
    </Panel>
  );
}
