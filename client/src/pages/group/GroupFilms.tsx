import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  DegradedNotice,
  EmptyState,
  GridSkeleton,
  ListSection,
  NothingLeft,
  Select,
  useAnswer,
  usePagedList,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import type { GroupStrategy } from '../../gql/graphql.ts';
import { oneOf, useAddressState } from '../../routing/addressState.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import pages from '../layout/pages.module.css';
import { GroupGrid } from './GroupGrid.tsx';
import { useOwnLink } from './ownLink.ts';
import type { GroupMembers } from './useMembers.ts';

const GroupFilmsQuery = graphql(/* GraphQL */ `
  query GroupFilms(
    $members: [RecommendForInput!]!
    $tokens: [String!]!
    $strategy: GroupStrategy!
    $first: Int!
    $after: String
  ) {
    recommendForGroup(
      members: $members
      tasteTokens: $tokens
      strategy: $strategy
      first: $first
      after: $after
    ) {
      edges {
        cursor
        node {
          ...GroupFilm
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      served {
        ...DegradedNotice
        ...NothingLeft
      }
    }
  }
`);

const PAGE_SIZE = 24;

/** The films for the group, with who of it should like each. */
export function GroupFilms({ group }: { group: GroupMembers }) {
  if (group.loading) return <GridSkeleton count={PAGE_SIZE} />;
  if (group.members.length < 2) return <TooFew group={group} />;
  return <Films group={group} />;
}

function TooFew({ group }: { group: GroupMembers }) {
  const { t } = useLingui();
  const own = useOwnLink();
  return (
    <EmptyState title={t`A group begins with two.`}>
      {group.hasOwnLink ? (
        <Trans>
          This is your own link. Send it to the others, or let them scan it: the films show where they open
          it.
        </Trans>
      ) : own ? (
        <Trans>Send your link to the others, or let them scan it. Or add one that you were given.</Trans>
      ) : (
        <Trans>Make your link and hand it on, or add one that you were given.</Trans>
      )}
    </EmptyState>
  );
}

function Films({ group }: { group: GroupMembers }) {
  const { t } = useLingui();
  const { search } = useAddressState();
  const strategy: GroupStrategy = oneOf(['MEAN', 'LEAST_MISERY'], search.get('rule'));
  const [query, options] = pageQuery(GroupFilmsQuery, {
    members: [...group.asked],
    tokens: [...group.tokens],
    strategy,
    first: PAGE_SIZE,
  });
  const answer = useAnswer(useQuery(query, { ...options, fetchPolicy: 'cache-and-network' }));
  const connection = answer.data?.recommendForGroup;
  const list = usePagedList({
    result: answer,
    connection: connection ?? undefined,
    pageSize: PAGE_SIZE,
  });
  const isRefused = answer.data && !connection && !answer.error;
  const count = group.members.length;
  return (
    <section className={pages.section} aria-labelledby="films" aria-busy={answer.loading}>
      <div className={pages.head}>
        <h2 id="films">
          <Plural value={count} one="Films for # of you" other="Films for the # of you" />
        </h2>
        <RuleChoice strategy={strategy} />
      </div>
      <DegradedNotice served={connection?.served} />
      {isRefused ? (
        <EmptyState title={t`Somebody of you cannot be asked.`}>
          <Trans>A link was taken back, or somebody keeps the ratings private. Leave them out above.</Trans>
        </EmptyState>
      ) : (
        <ListSection
          list={list}
          skeleton={<GridSkeleton count={PAGE_SIZE} />}
          empty={<NothingLeft served={connection?.served} />}
          errorTitle={t`The films did not load`}
        >
          {(edges) => <GroupGrid films={edges.map(({ node }) => node)} members={group.members} />}
        </ListSection>
      )}
    </section>
  );
}

function RuleChoice({ strategy }: { strategy: GroupStrategy }) {
  const { t } = useLingui();
  const { updateSearch } = useAddressState();
  return (
    <Select
      label={t`Choose by`}
      value={strategy}
      options={{ MEAN: t`What pleases most of all`, LEAST_MISERY: t`Nobody is bored` }}
      onChange={(rule) => updateSearch({ rule: rule === 'MEAN' ? null : rule, shown: null })}
    />
  );
}
