import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, ListSection, useAnswer, usePagedList } from '../../../components/index.ts';
import { MAX_EMAIL_LENGTH } from '../../../api/limits.ts';
import { useAddressState } from '../../../routing/addressState.ts';
import { useAddressText } from '../../../search/useAddressText.ts';
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

const QUERY_PARAM = 'query';

function Found() {
  const { t } = useLingui();
  const { search } = useAddressState();
  const [typed, setTyped] = useAddressText(QUERY_PARAM, { shown: null });
  const query = (search.get(QUERY_PARAM) ?? '').trim();
  const result = useAnswer(
    useQuery(AccountsQuery, {
      variables: { query: query === '' ? null : query, first: PAGE_SIZE, after: null },
      fetchPolicy: 'cache-and-network',
    }),
  );
  const list = usePagedList({ result, connection: result.data?.admin?.accounts, pageSize: PAGE_SIZE });
  return (
    <Panel title={t`Accounts`}>
      <label className={parts.field}>
        <Trans>Find by a part of the email address</Trans>
        <input
          type="search"
          value={typed}
          maxLength={MAX_EMAIL_LENGTH}
          autoComplete="off"
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <AdminPart result={result} errorTitle={t`The accounts did not load`}>
        {({ accounts: { totalCount } }) => (
          <>
            <p role="status">
              <Plural value={totalCount} one="# account" other="# accounts" />
            </p>
            <ListSection
              list={list}
              total={totalCount}
              noun={t`accounts`}
              skeleton={null}
              empty={
                !list.isFormer && (
                  <EmptyState
                    title={query === '' ? t`Nobody has signed up yet` : t`No address holds “${query}”`}
                  />
                )
              }
              errorTitle={t`The accounts did not load`}
            >
              {(edges) => <AccountTable accounts={edges.map(({ node }) => node)} />}
            </ListSection>
          </>
        )}
      </AdminPart>
    </Panel>
  );
}
