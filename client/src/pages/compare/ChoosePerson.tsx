import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, ListSection, useAnswer, usePagedList } from '../../components/index.ts';
import { useAddressState } from '../../routing/addressState.ts';
import { comparePath } from '../../routing/paths.ts';
import { useSession } from '../../session/session.ts';
import pages from '../layout/pages.module.css';
import { People, PeopleLoading } from '../users/People.tsx';
import { PEOPLE_PAGE_SIZE, usersQuery } from '../users/usersQuery.ts';

/** Chooses whom to compare: the first of two, or the one to compare with `one`. Whoever is signed in is the first. */
export function ChoosePerson({ one }: { one: number | null }) {
  const { t } = useLingui();
  const { session } = useSession();
  const { search } = useAddressState();
  const first = one ?? session?.userId ?? null;
  const answer = useAnswer(useQuery(...usersQuery(search)));
  const users = answer.data?.users;
  const list = usePagedList({
    result: answer,
    connection: users,
    pageSize: PEOPLE_PAGE_SIZE,
  });
  return (
    <section className={pages.page} aria-labelledby="choose">
      <h2 id="choose">
        {first === null ? (
          <Trans>Choose the first</Trans>
        ) : first === session?.userId ? (
          <Trans>Choose whom to compare yourself with</Trans>
        ) : (
          <Trans>Choose the second</Trans>
        )}
      </h2>
      <ListSection
        list={list}
        total={users?.totalCount}
        noun={t`people`}
        skeleton={<PeopleLoading />}
        empty={<EmptyState title={t`There are no ratings yet.`} />}
        errorTitle={t`The people did not load`}
      >
        {(edges) => (
          <People
            label={t`People to compare`}
            users={edges
              .map(({ node }) => node)
              .filter(({ userId, sharesRatings }) => sharesRatings && userId !== first)}
            to={(userId) => (first === null ? comparePath(userId) : comparePath(first, userId))}
          />
        )}
      </ListSection>
    </section>
  );
}
