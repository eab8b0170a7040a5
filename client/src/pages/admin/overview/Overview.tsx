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
import { whileVisible } from '../parts/polling.ts';
import { Problems } from '../parts/Problems.tsx';
import { TrainingNow } from '../parts/TrainingNow.tsx';
import { useTraffic } from '../parts/useTraffic.ts';

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

function Traffic({ health }: Pick<Overview, 'health'>) {
  const { t } = useLingui();
  const { formatMoment } = useFigures();
  const stats = useTraffic(health);
  const since = formatMoment(health.startedAt);
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
      <StatTiles stats={stats} />
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
