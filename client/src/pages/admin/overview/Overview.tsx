import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router';
import { StatTiles } from '../../../components/index.ts';
import { useFigures } from '../../../components/text/figures.ts';
import type { AdminOverviewQuery } from '../../../gql/graphql.ts';
import { graphql } from '../../../gql/index.ts';
import { adminPath } from '../../../routing/paths.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { AdminPart } from '../parts/AdminPart.tsx';
import { Panel } from '../parts/Panel.tsx';
import parts from '../parts/parts.module.css';
import { whileVisible } from '../parts/polling.ts';
import { TrainingNow } from './TrainingNow.tsx';

const OverviewQuery = graphql(/* GraphQL */ `
  query AdminOverview {
    admin {
      health {
        isReady
        problems
        startedAt
        requestCount
        failedRequestCount
        shedRequestCount
        meanRequestMs
        listCount
        degradedShare
        modelVersion
        dataset
      }
      catalogue {
        movieCount
        userCount
        accountCount
        ratingCount
      }
    }
  }
`);

type Overview = NonNullable<AdminOverviewQuery['admin']>;

/** Tells how things stand, at a glance. */
export default function Overview() {
  const { t } = useLingui();
  const result = useQuery(OverviewQuery, { fetchPolicy: 'cache-and-network', ...whileVisible(15_000) });
  return (
    <AdminPart result={result} errorTitle={t`The overview did not load`}>
      {({ health, catalogue }) => (
        <div>
          <Problems problems={health.problems} isReady={health.isReady} />
          <TrainingNow />
          <Traffic health={health} />
          <Stock catalogue={catalogue} health={health} />
        </div>
      )}
    </AdminPart>
  );
}

/** Lists what is wrong on the server, in its own sentences. */
export function Problems({ problems, isReady }: Pick<Overview['health'], 'problems' | 'isReady'>) {
  const { t } = useLingui();
  return (
    <Panel title={problems.length === 0 && isReady ? t`All is well` : t`Something is wrong`}>
      {problems.length > 0 ? (
        <ul className={parts.cards}>
          {problems.map((problem) => (
            <li key={problem} className={parts.said}>
              {problem}
            </li>
          ))}
        </ul>
      ) : (
        <p className={parts.soft}>
          {isReady ? (
            <Trans>The server is ready and reports no problem.</Trans>
          ) : (
            <Trans>The server is not ready: it is to be sent no requests yet.</Trans>
          )}
        </p>
      )}
    </Panel>
  );
}

function Traffic({ health }: Pick<Overview, 'health'>) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { formatShare, formatNumber, formatMoment } = useFigures();
  const since = formatMoment(health.startedAt);
  const meanMs = health.meanRequestMs;
  return (
    <Panel
      title={t`Requests and lists`}
      lead={<Trans>Of the server that answers, since it began on {since}.</Trans>}
      actions={
        <Link to={adminPath('health')}>
          <Trans>More about health</Trans>
        </Link>
      }
    >
      <StatTiles
        stats={[
          { label: t`requests`, value: formatCount(health.requestCount) },
          { label: t`with errors`, value: formatCount(health.failedRequestCount) },
          { label: t`turned away, overloaded`, value: formatCount(health.shedRequestCount) },
          { label: t`milliseconds a request`, value: meanMs === null ? '–' : formatNumber(meanMs) },
          { label: t`lists made`, value: formatCount(health.listCount) },
          {
            label: t`of them less than they should be`,
            value: health.degradedShare === null ? '–' : formatShare(health.degradedShare),
          },
        ]}
      />
    </Panel>
  );
}

function Stock({ catalogue, health }: Overview) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { dataset, modelVersion } = health;
  return (
    <Panel
      title={t`What it serves`}
      lead={
        modelVersion === null ? (
          <Trans>Data set {dataset}, no model yet: lists show what is popular.</Trans>
        ) : (
          <Trans>
            Data set {dataset}, model {modelVersion}.
          </Trans>
        )
      }
      actions={
        <Link to={adminPath('data')}>
          <Trans>More about the data</Trans>
        </Link>
      }
    >
      <StatTiles
        stats={[
          {
            label: t`films`,
            value: formatCount(catalogue.movieCount),
          },
          { label: t`people`, value: formatCount(catalogue.userCount) },
          { label: t`ratings`, value: formatCount(catalogue.ratingCount) },
          { label: t`accounts`, value: formatCount(catalogue.accountCount) },
        ]}
      />
    </Panel>
  );
}
