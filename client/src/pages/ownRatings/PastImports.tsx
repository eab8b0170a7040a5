import { useQuery } from '@apollo/client/react';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, QueryError } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { useFormats } from '../../texts/useFormats.ts';
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
  const { t } = useLingui();
  const { formatDay } = useFormats();
  const { data, error, loading, refetch } = useQuery(MyImportsQuery, { fetchPolicy: 'cache-and-network' });
  if (loading && !data) return null;
  if (!data?.myImports)
    return (
      <QueryError error={error} onRetry={() => refetch()} title={t`Your earlier imports did not load`} />
    );
  const standing = data.myImports.filter(({ undoneAt, ratingCount }) => undoneAt === null && ratingCount > 0);
  if (standing.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="past-imports">
      <h2 id="past-imports">
        <Trans>Earlier imports</Trans>
      </h2>
      <ul className={styles.films}>
        {standing.map(({ importId, startedAt, ratingCount }) => (
          <li key={importId} className={styles.past}>
            <span>
              {t`${plural(ratingCount, { one: `# rating on ${formatDay(startedAt)}`, other: `# ratings on ${formatDay(startedAt)}` })}`}
            </span>
            <Button onClick={() => onUndo(importId)}>
              <Trans>
                Undo<span className="visually-hidden"> the import of {formatDay(startedAt)}</span>
              </Trans>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
