import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ShareBar } from '../../../components/charts/ShareBar.tsx';
import { EmptyState, ShowQuery } from '../../../components/index.ts';
import { useFigures } from '../../../components/text/figures.ts';
import type { AdminCoverageQuery } from '../../../gql/graphql.ts';
import { graphql } from '../../../gql/index.ts';
import { pageQuery } from '../../../routing/pageQuery.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { AdminPart } from '../parts/AdminPart.tsx';
import { Panel } from '../parts/Panel.tsx';
import styles from './Coverage.module.css';

const CoverageQuery = graphql(/* GraphQL */ `
  query AdminCoverage {
    admin {
      coverage {
        since
        shownCount
        shownMovieCount
        movieCount
        share
        gini
        meanPopularityRank
        headShare
        headShareOfRatings
      }
    }
  }
`);

const coverageQuery = pageQuery(CoverageQuery, {});

type Figures = NonNullable<AdminCoverageQuery['admin']>['coverage'];

/** Tells what lists showed lately, and whether popular films had more than their part. */
export default function Coverage() {
  const { t } = useLingui();
  const [query, options] = coverageQuery;
  const result = useQuery(query, { ...options, fetchPolicy: 'cache-and-network' });
  return (
    <AdminPart result={result} errorTitle={t`The coverage did not load`}>
      {({ coverage }) =>
        coverage.shownCount === 0 ? (
          <EmptyState title={t`No list was shown yet`}>
            <Trans>The figures come with the first lists that people ask for.</Trans>
          </EmptyState>
        ) : (
          <Shown coverage={coverage} />
        )
      }
    </AdminPart>
  );
}

function Shown({ coverage }: { coverage: Figures }) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { formatShare, formatFigure, formatMoment } = useFigures();
  const { shownCount, shownMovieCount, movieCount, share, gini, meanPopularityRank } = coverage;
  const { headShare, headShareOfRatings } = coverage;
  return (
    <>
      <Panel
        title={t`What lists showed`}
        lead={
          <Trans>
            {formatCount(shownCount)} places in lists since {formatMoment(coverage.since)}, on the server that
            answers.
          </Trans>
        }
        actions={<ShowQuery query={coverageQuery} of={t`What lists showed`} />}
      >
        <dl className={styles.measures}>
          <Measure
            name={t`Films that were shown at all`}
            value={
              <Trans>
                {formatCount(shownMovieCount)} of {formatCount(movieCount)}
              </Trans>
            }
            share={share}
            meaning={t`The more of the catalogue people meet, the better; lists for few people show little of it.`}
          />
          <Measure
            name={t`How unevenly (Gini)`}
            value={gini === null ? '–' : formatFigure(gini)}
            share={gini}
            meaning={t`0 if every film was shown equally often, towards 1 if few had everything.`}
          />
          <Measure
            name={t`Mean place by popularity`}
            value={meanPopularityRank === null ? '–' : formatFigure(meanPopularityRank)}
            share={meanPopularityRank}
            meaning={t`0 if only the most rated film is shown, 1 if only the least rated is; lists drawn by lot have 0.5.`}
          />
        </dl>
      </Panel>
      <Panel
        title={t`Popularity bias`}
        lead={
          <Trans>
            How much goes to the hundredth of films with the most ratings. Lists with more than people watch
            by themselves push what is popular further.
          </Trans>
        }
      >
        <dl className={styles.measures}>
          <Measure
            name={t`In lists`}
            value={headShare === null ? '–' : formatShare(headShare)}
            share={headShare}
          />
          <Measure
            name={t`In what people rated by themselves`}
            value={headShareOfRatings === null ? '–' : formatShare(headShareOfRatings)}
            share={headShareOfRatings}
            isBaseline
          />
        </dl>
        {headShare !== null && headShareOfRatings !== null && (
          <p>
            {headShare > headShareOfRatings ? (
              <Trans>Lists favour popular films more than people themselves do.</Trans>
            ) : (
              <Trans>Lists favour popular films no more than people themselves do.</Trans>
            )}
          </p>
        )}
      </Panel>
    </>
  );
}

interface MeasureProps {
  name: string;
  value: ReactNode;
  share: number | null;
  meaning?: string;
  isBaseline?: boolean;
}

const Measure = ({ name, value, share, meaning, isBaseline }: MeasureProps) => (
  <div className={styles.measure}>
    <dt>{name}</dt>
    <dd className={styles.value}>{value}</dd>
    <dd>
      <ShareBar share={share} isBaseline={isBaseline} />
    </dd>
    {meaning && <dd className={styles.meaning}>{meaning}</dd>}
  </div>
);
