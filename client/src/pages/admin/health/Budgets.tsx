import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { StatTiles } from '../../../components/index.ts';
import { useFigures } from '../../../components/text/figures.ts';
import { graphql } from '../../../gql/index.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { Panel } from '../parts/Panel.tsx';
import { Table } from '../parts/Table.tsx';

export const BudgetsFragment = graphql(/* GraphQL */ `
  fragment AdminBudgets on Budgets {
    isOn
    isShared
    since
    burst
    perSecond
    accountPerSecond
    keyPerSecond
    maxCost
    refusedCount
    clients {
      client
      units
      refusedCount
    }
  }
`);

/** Tells what each client may use, and who used most lately. */
export function Budgets({ budgets }: { budgets: ResultOf<typeof BudgetsFragment> }) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { formatMoment, formatNumber } = useFigures();
  const { isOn, isShared, since, clients } = budgets;
  return (
    <Panel
      title={t`Budgets`}
      lead={
        !isOn ? (
          <Trans>Nobody is limited.</Trans>
        ) : isShared ? (
          <Trans>In units of cost, 50 microseconds of computing each. All servers count together.</Trans>
        ) : (
          <Trans>In units of cost, 50 microseconds of computing each. This server counts for itself.</Trans>
        )
      }
    >
      {isOn && (
        <StatTiles
          stats={[
            { label: t`units at once`, value: formatCount(budgets.burst) },
            { label: t`a second, for an address`, value: formatNumber(budgets.perSecond) },
            { label: t`a second, for an account`, value: formatNumber(budgets.accountPerSecond) },
            { label: t`a second, for an API key`, value: formatNumber(budgets.keyPerSecond) },
            { label: t`at most for one operation`, value: formatCount(budgets.maxCost) },
            { label: t`requests refused`, value: formatCount(budgets.refusedCount) },
          ]}
        />
      )}
      {clients.length === 0 ? (
        <p>
          <Trans>Nobody has used anything since {formatMoment(since)}.</Trans>
        </p>
      ) : (
        <>
          <h3>
            <Trans>Who used most since {formatMoment(since)}</Trans>
          </h3>
          <Table caption={t`Who used most`} head={[t`Client`, t`Units`, t`Refused`]}>
            {clients.map(({ client, units, refusedCount }) => (
              <tr key={client}>
                <th scope="row">{client}</th>
                <td>{formatCount(Math.round(units))}</td>
                <td>{formatCount(refusedCount)}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </Panel>
  );
}
