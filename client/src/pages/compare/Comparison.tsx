import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  ButtonLink,
  EmptyState,
  MovieRow,
  PageSkeleton,
  QueryError,
  useAnswer,
} from '../../components/index.ts';
import type { ComparisonQuery } from '../../gql/graphql.ts';
import { groupPath, PATHS } from '../../routing/paths.ts';
import { useSession } from '../../session/session.ts';
import pages from '../layout/pages.module.css';
import styles from './Compare.module.css';
import { ComparedGenres } from './ComparedGenres.tsx';
import { comparisonQuery } from './comparisonQuery.ts';
import { Person } from './Person.tsx';
import { RatingPairs } from './RatingPairs.tsx';
import { useLikeness } from './useLikeness.ts';

/** Two people side by side. */
export function Comparison({ one, other }: { one: number; other: number }) {
  const { t } = useLingui();
  const { data, error, loading, refetch } = useAnswer(useQuery(...comparisonQuery(one, other)));
  if (loading && !data) return <PageSkeleton />;
  if (!data?.one || !data.other) {
    if (data && !error) return <Unknown />;
    return <QueryError error={error} onRetry={() => refetch()} title={t`The comparison did not load`} />;
  }
  return <Compared data={data} one={data.one} other={data.other} />;
}

interface ComparedProps {
  data: ComparisonQuery;
  one: NonNullable<ComparisonQuery['one']>;
  other: NonNullable<ComparisonQuery['other']>;
}

function Compared({ data: { compareUsers, recommendForGroup }, one, other }: ComparedProps) {
  const { t } = useLingui();
  const { session } = useSession();
  const isSelf = session?.userId === one.userId;
  const nameOf = ({ userId, name }: { userId: number; name: string }) =>
    userId === session?.userId ? t`You` : name;
  const names = [nameOf(one), nameOf(other)] as const;
  return (
    <>
      <div className={styles.pair}>
        <Person user={one} isSelf={isSelf} />
        {compareUsers ? <Likeness comparison={compareUsers} /> : <span />}
        <Person user={other} isSelf={session?.userId === other.userId} />
      </div>
      {!compareUsers ? (
        <EmptyState title={t`These two cannot be compared.`}>
          <Trans>One of them keeps the ratings private.</Trans>
        </EmptyState>
      ) : (
        <>
          <RatingPairs
            title={t`What both think alike of`}
            empty={t`They agree on no film yet.`}
            pairs={compareUsers.agreements}
            names={names}
          />
          <RatingPairs
            title={t`What they differ on`}
            empty={t`They differ on no film by a star or more.`}
            pairs={compareUsers.disagreements}
            names={names}
          />
          {recommendForGroup && recommendForGroup.nodes.length > 0 && (
            <section className={pages.section}>
              <MovieRow heading={t`What both would like`} items={recommendForGroup.nodes} scrollKey="both" />
              <p>
                <ButtonLink
                  to={groupPath(...[one.userId, other.userId].filter((id) => id !== session?.userId))}
                >
                  <Trans>More films for them together</Trans>
                </ButtonLink>
              </p>
            </section>
          )}
          <ComparedGenres genres={compareUsers.genres} names={names} />
        </>
      )}
    </>
  );
}

function Likeness({ comparison }: { comparison: NonNullable<ComparisonQuery['compareUsers']> }) {
  const { commonCount, similarity } = comparison;
  const { words, share } = useLikeness(similarity, commonCount);
  return (
    <div className={styles.likeness}>
      <p className={styles.words}>{words}</p>
      <span className={styles.scale} style={{ '--width': `${share * 100}%` }} aria-hidden="true" />
      <p className={styles.soft}>
        <Plural value={commonCount} _0="no film in common" one="# film in common" other="# films in common" />
      </p>
    </div>
  );
}

function Unknown() {
  const { t } = useLingui();
  return (
    <EmptyState
      title={t`One of them does not exist.`}
      action={
        <ButtonLink to={PATHS.compare}>
          <Trans>Choose two people</Trans>
        </ButtonLink>
      }
    />
  );
}
