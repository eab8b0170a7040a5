import type { ResultOf } from '@graphql-typed-document-node/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router';
import { Avatar, EmptyState, QueryError, type QueryErrorProps } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { userPath } from '../../routing/paths.ts';
import styles from './Movie.module.css';
import pages from '../layout/pages.module.css';

/** Without a mean rating: beside a film, stars would read as what the person gives it. */
export const FanFragment = graphql(/* GraphQL */ `
  fragment Fan on User {
    userId
    name
    ratingCount
  }
`);

interface FansProps {
  fans: readonly ResultOf<typeof FanFragment>[] | null;
  error: QueryErrorProps['error'];
  onRetry: () => Promise<unknown>;
}

/** The people who like a film most. */
export function Fans({ fans, error, onRetry }: FansProps) {
  const { t } = useLingui();
  return (
    <section className={pages.section} aria-labelledby="fans">
      <h2 id="fans">{t`Who likes it most`}</h2>
      {fans && fans.length > 0 ? (
        <ul className={styles.fans} aria-label={t`Who likes it most`}>
          {fans.map(({ userId, name, ratingCount }) => (
            <li key={userId}>
              <Link className={styles.fan} to={userPath(userId)}>
                <Avatar userId={userId} />
                <span>
                  <span className={styles.name}>{name}</span>
                  <span className={styles.count}>
                    <Plural value={ratingCount} one="# film rated" other="# films rated" />
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : fans ? (
        <EmptyState title={t`Nobody has rated it highly yet.`}>
          <Trans>Be the first: your stars stand at the top of this page.</Trans>
        </EmptyState>
      ) : (
        <QueryError error={error} onRetry={onRetry} title={t`The fans did not load`} />
      )}
    </section>
  );
}
