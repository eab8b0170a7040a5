import { useQuery } from '@apollo/client/react';
import { Button, formatDay, formatNumbered, QueryError } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import styles from './OwnRatings.module.css';

const MyImportsQuery = graphql(/* GraphQL */ `
  query MyImports {
    myImports {
      importId
      startedAt
      undoneAt
      ratingCount
    }
  }
`);

/** The account's imports that still stand, each to be undone. */
export function PastImports({ onUndo }: { onUndo: (importId: string) => void }) {
  const { data, error, loading, refetch } = useQuery(MyImportsQuery, { fetchPolicy: 'cache-and-network' });
  if (loading && !data) return null;
  if (!data?.myImports)
    return <QueryError error={error} onRetry={() => refetch()} title="Your earlier imports did not load" />;
  const standing = data.myImports.filter(({ undoneAt, ratingCount }) => undoneAt === null && ratingCount > 0);
  if (standing.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="past-imports">
      <h2 id="past-imports">Earlier imports</h2>
      <ul className={styles.films}>
        {standing.map(({ importId, startedAt, ratingCount }) => (
          <li key={importId} className={styles.past}>
            <span>
              {formatDay(startedAt)}: {formatNumbered(ratingCount, 'rating')}
            </span>
            <Button onClick={() => onUndo(importId)}>
              Undo<span className="visually-hidden"> the import of {formatDay(startedAt)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
