import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { ShareBar } from '../../../components/charts/ShareBar.tsx';
import { ShowQuery, StatTiles } from '../../../components/index.ts';
import { useFigures } from '../../../components/text/figures.ts';
import type { AdminHealthQuery } from '../../../gql/graphql.ts';
import { graphql } from '../../../gql/index.ts';
import { pageQuery } from '../../../routing/pageQuery.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { AdminPart } from '../parts/AdminPart.tsx';
import { Panel } from '../parts/Panel.tsx';
import { whileVisible } from '../parts/polling.ts';
import { Problems } from '../parts/Problems.tsx';
import { Table } from '../parts/Table.tsx';
import { useTraffic } from '../parts/useTraffic.ts';
import { Budgets } from './Budgets.tsx';

const HealthQuery = graphql(/* GraphQL */ `
  query AdminHealth {
    admin {
      health {
        isReady
        problems
        startedAt
        threadCount
        memoryBytes
        requestCount
        failedRequestCount
        shedRequestCount
        meanRequestMs
        listCount
        degradedShare
        steps {
          step
          count
          meanMs
        }
        caches {
          name
          bytes
          maxBytes
        }
      }
      budgets {
        ...AdminBudgets
      }
    }
  }
`);

const healthQuery = pageQuery(HealthQuery, {});

type HealthFigures = NonNullable<AdminHealthQuery['admin']>['health'];

/** The server that answers: what is wrong, where the time goes, what caches hold, and who uses most. */
export default function Health() {
  const { t } = useLingui();
  const [query, options] = healthQuery;
  const result = useQuery(query, { ...options, fetchPolicy: 'cache-and-network', ...whileVisible(10_000) });
  return (
    <AdminPart result={result} errorTitle={t`The health did not load`}>
      {({ health, budgets }) => (
        <div>
          <Problems problems={health.problems} isReady={health.isReady} />
          <Server health={health} />
          <Steps steps={health.steps} />
          <Caches caches={health.caches} />
          <Budgets budgets={budgets} />
        </div>
      )}
    </AdminPart>
  );
}

function Server({ health }: { health: HealthFigures }) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { formatBytes, formatMoment } = useFigures();
  const traffic = useTraffic(health);
  return (
    <Panel
      title={t`Server`}
      lead={<Trans>Counts since it began on {formatMoment(health.startedAt)}.</Trans>}
      actions={<ShowQuery query={healthQuery} of={t`Server`} />}
    >
      <StatTiles
        stats={[
          ...traffic,
          { label: t`memory`, value: formatBytes(health.memoryBytes) },
          { label: t`threads that answer`, value: formatCount(health.threadCount) },
        ]}
      />
    </Panel>
  );
}

function Steps({ steps }: Pick<HealthFigures, 'steps'>) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { formatFigure } = useFigures();
  const slowest = Math.max(0, ...steps.map(({ meanMs }) => meanMs));
  return (
    <Panel title={t`Where the time goes`} lead={<Trans>The steps of requests, waiting included.</Trans>}>
      {steps.length === 0 ? (
        <p>
          <Trans>Nothing was asked yet.</Trans>
        </p>
      ) : (
        <Table caption={t`Steps of requests`} head={[t`Step`, t`Times`, t`Mean milliseconds`, t`Compared`]}>
          {steps.map(({ step, count, meanMs }) => (
            <tr key={step}>
              <th scope="row">{step}</th>
              <td>{formatCount(count)}</td>
              <td>{formatFigure(meanMs)}</td>
              <td>
                <ShareBar share={slowest === 0 ? 0 : meanMs / slowest} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  );
}

function Caches({ caches }: Pick<HealthFigures, 'caches'>) {
  const { t } = useLingui();
  const { formatBytes } = useFigures();
  return (
    <Panel title={t`Caches`} lead={<Trans>Each is bounded: what was not used for longest goes first.</Trans>}>
      <Table caption={t`Caches`} head={[t`Cache`, t`Holds`, t`At most`, t`Full`]}>
        {caches.map(({ name, bytes, maxBytes }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{formatBytes(bytes)}</td>
            <td>{formatBytes(maxBytes)}</td>
            <td>
              <ShareBar share={maxBytes === 0 ? 0 : bytes / maxBytes} />
            </td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}
