import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  ButtonLink,
  EmptyState,
  ListSection,
  PageHeading,
  Select,
  useAnswer,
  usePagedList,
} from '../../components/index.ts';
import { useAddressState } from '../../routing/addressState.ts';
import type { PageAddress } from '../../routing/pageQuery.ts';
import { PATHS } from '../../routing/paths.ts';
import pages from '../layout/pages.module.css';
import { People, PeopleLoading } from './People.tsx';
import { orderOf, PEOPLE_PAGE_SIZE, usersQuery } from './usersQuery.ts';

export const queries = ({ search }: PageAddress) => [usersQuery(search)];

/** Lists the people whose ratings train the model. */
export default function Users() {
  const { t } = useLingui();
  const { search, updateSearch } = useAddressState();
  const answer = useAnswer(useQuery(...usersQuery(search)));
  const users = answer.data?.users;
  const list = usePagedList({
    result: answer,
    connection: users,
    pageSize: PEOPLE_PAGE_SIZE,
  });
  return (
    <div className={pages.page}>
      <header className={pages.head}>
        <div>
          <PageHeading title={t`People`} />
          <p className={pages.lead}>
            {users ? <Plural value={users.totalCount} one="# person" other="# people" /> : <>&nbsp;</>}
          </p>
        </div>
        <div className={pages.controls}>
          <ButtonLink to={PATHS.compare}>
            <Trans>Compare two people</Trans>
          </ButtonLink>
          <Select
            label={t`Sort by`}
            value={orderOf(search)}
            options={{ RATING_COUNT_DESC: t`Most ratings first`, USER_ID_ASC: t`By number` }}
            onChange={(order) =>
              updateSearch({ order: order === 'RATING_COUNT_DESC' ? null : order, shown: null })
            }
          />
        </div>
      </header>
      <ListSection
        list={list}
        total={users?.totalCount}
        noun={t`people`}
        skeleton={<PeopleLoading />}
        empty={<EmptyState title={t`There are no ratings yet.`} />}
        errorTitle={t`The people did not load`}
      >
        {(edges) => <People users={edges.map(({ node }) => node)} label={t`People`} />}
      </ListSection>
    </div>
  );
}
