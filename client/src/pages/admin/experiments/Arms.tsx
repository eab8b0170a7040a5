import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Interval } from '../../../components/charts/Interval.tsx';
import { useFigures } from '../../../components/text/figures.ts';
import { graphql } from '../../../gql/index.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import parts from '../parts/parts.module.css';
import { Table } from '../parts/Table.tsx';

export const ArmsFragment = graphql(/* GraphQL */ `
  fragment AdminExperimentArms on ExperimentReport {
    arms {
      arm
      share
      userCount
      finishedCount
      verdict
      rate {
        mean
        low
        high
      }
      difference {
        mean
        low
        high
      }
    }
  }
`);

type Report = ResultOf<typeof ArmsFragment>;

/** The arms' rates and their differences to the first arm, with intervals. */
export function Arms({ report: { arms } }: { report: Report }) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { formatShare } = useFigures();
  const highest = Math.max(0.01, ...arms.map(({ rate }) => rate.high));
  const widest = Math.max(
    0.01,
    ...arms.map(({ difference }) => (difference ? Math.max(-difference.low, difference.high) : 0)),
  );
  return (
    <Table
      caption={t`How the arms do`}
      head={[t`Arm`, t`Share`, t`People`, t`Time over`, t`Rate`, t`Less the first arm`, t`Verdict`]}
    >
      {arms.map(({ arm, share, userCount, finishedCount, rate, difference, verdict }) => (
        <tr key={arm}>
          <th scope="row">{arm}</th>
          <td>{formatShare(share)}</td>
          <td>{formatCount(userCount)}</td>
          <td>{formatCount(finishedCount)}</td>
          <td>
            <WithInterval {...rate} domain={[0, highest]} />
          </td>
          <td>
            {difference ? <WithInterval {...difference} domain={[-widest, widest]} reference={0} /> : '–'}
          </td>
          <td>
            <Verdict verdict={verdict} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

interface WithIntervalProps {
  mean: number;
  low: number;
  high: number;
  domain: readonly [number, number];
  reference?: number;
}

function WithInterval(props: WithIntervalProps) {
  const { formatShare } = useFigures();
  const { mean, low, high } = props;
  return (
    <>
      {formatShare(mean)}{' '}
      <span className={parts.soft}>
        <Trans>
          {formatShare(low)} to {formatShare(high)}
        </Trans>
      </span>
      <Interval {...props} />
    </>
  );
}

function Verdict({ verdict }: { verdict: string | null }) {
  switch (verdict) {
    case null:
      return <Trans>compared with</Trans>;
    case 'better':
      return (
        <span className={`${parts.chip} ${parts.good}`}>
          <Trans>better</Trans>
        </span>
      );
    case 'worse':
      return (
        <span className={`${parts.chip} ${parts.bad}`}>
          <Trans>worse</Trans>
        </span>
      );
    case 'no difference':
      return (
        <span className={parts.chip}>
          <Trans>no difference that matters</Trans>
        </span>
      );
    default:
      return (
        <span className={parts.chip}>
          <Trans>still open</Trans>
        </span>
      );
  }
}
