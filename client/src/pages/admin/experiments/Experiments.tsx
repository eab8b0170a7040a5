import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, ShowQuery } from '../../../components/index.ts';
import { useFigures } from '../../../components/text/figures.ts';
import type { AdminExperimentsQuery } from '../../../gql/graphql.ts';
import { graphql } from '../../../gql/index.ts';
import { pageQuery } from '../../../routing/pageQuery.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { AdminPart } from '../parts/AdminPart.tsx';
import { Panel } from '../parts/Panel.tsx';
import parts from '../parts/parts.module.css';
import { Table } from '../parts/Table.tsx';
import { Arms } from './Arms.tsx';

const ExperimentsQuery = graphql(/* GraphQL */ `
  query AdminExperiments {
    admin {
      experiments {
        name
        firstShownAt
        lastShownAt
        arms {
          arm
          userCount
          exposureCount
        }
        report {
          usersNeeded
          daysMissing
          isUneven
          switchedCount
          withinDays
          minimumEffect
          ...AdminExperimentArms
        }
      }
    }
  }
`);

const experimentsQuery = pageQuery(ExperimentsQuery, {});

type Experiment = NonNullable<AdminExperimentsQuery['admin']>['experiments'][number];

/** Experiments on lists: who was shown what, what came of it, and what is decided. */
export default function Experiments() {
  const { t } = useLingui();
  const [query, options] = experimentsQuery;
  const result = useQuery(query, { ...options, fetchPolicy: 'cache-and-network' });
  return (
    <AdminPart result={result} errorTitle={t`The experiments did not load`}>
      {({ experiments }) =>
        experiments.length === 0 ? (
          <EmptyState title={t`No experiment was shown to anybody yet`}>
            <Trans>
              The setting EXPERIMENTS divides people among arms, each with lists of its own; who was shown
              what is noted from then on.
            </Trans>
          </EmptyState>
        ) : (
          experiments.map((experiment) => <ExperimentPanel key={experiment.name} {...experiment} />)
        )
      }
    </AdminPart>
  );
}

function ExperimentPanel({ name, firstShownAt, lastShownAt, arms, report }: Experiment) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { formatMoment, formatShare } = useFigures();
  return (
    <Panel
      title={name}
      lead={
        <Trans>
          Shown since {formatMoment(firstShownAt)}, last on {formatMoment(lastShownAt)}.
        </Trans>
      }
      actions={<ShowQuery query={experimentsQuery} of={name} />}
    >
      {report ? (
        <>
          <Arms report={report} />
          <p className={parts.soft}>
            <Trans>
              The rate is the share of people who did what the experiment counts within{' '}
              <Plural value={report.withinDays} one="# day" other="# days" /> of their first list, with its 95
              % interval. A difference of less than {formatShare(report.minimumEffect)} does not matter to it.
            </Trans>
          </p>
          <p>
            <Plural
              value={report.usersNeeded}
              one="Each arm needs # person whose time is over."
              other="Each arm needs # people whose time is over."
            />{' '}
            {report.daysMissing === null ? (
              <Trans>As things go, nobody comes.</Trans>
            ) : report.daysMissing > 0 ? (
              <Plural
                value={report.daysMissing}
                one="That takes about # more day; until then no verdict is given."
                other="That takes about # more days; until then no verdict is given."
              />
            ) : null}
          </p>
          {report.isUneven && (
            <p className={parts.said}>
              <Trans>
                The numbers of people do not fit the shares: something keeps people of one arm away. Trust no
                rate.
              </Trans>
            </p>
          )}
          {report.switchedCount > 0 && (
            <p className={parts.said}>
              <Plural
                value={report.switchedCount}
                one="# person was shown several arms and counts in none: the shares or the salt were changed."
                other="# people were shown several arms and count in none: the shares or the salt were changed."
              />
            </p>
          )}
        </>
      ) : (
        <p className={parts.said}>
          <Trans>The setting EXPERIMENTS has it no more: only who was shown it is known.</Trans>
        </p>
      )}
      <Table caption={t`Who was shown which arm`} head={[t`Arm`, t`People`, t`People and days`]}>
        {arms.map(({ arm, userCount, exposureCount }) => (
          <tr key={arm}>
            <th scope="row">{arm}</th>
            <td>{formatCount(userCount)}</td>
            <td>{formatCount(exposureCount)}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}
