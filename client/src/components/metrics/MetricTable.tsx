import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { graphql } from '../../gql/index.ts';
import { ShareBar } from '../charts/ShareBar.tsx';
import { useFigures } from '../text/figures.ts';
import styles from './MetricTable.module.css';
import { useMetricWords } from './useMetricWords.ts';

export const MetricTableFragment = graphql(/* GraphQL */ `
  fragment MetricTable on Metric {
    name
    value
    baseline
  }
`);

interface MetricTableProps {
  caption: string;
  metrics: readonly ResultOf<typeof MetricTableFragment>[];
  /** Says under each name what the figure means. */
  explained?: boolean;
}

/** A model's metrics beside those of plain popularity; bars compare the two. */
export function MetricTable({ caption, metrics, explained = false }: MetricTableProps) {
  const { t } = useLingui();
  const wordsOf = useMetricWords();
  return (
    <table className={styles.metrics}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Measure</Trans>
          </th>
          <th scope="col">
            <Trans>This model</Trans>
          </th>
          <th scope="col">
            <Trans>Most popular films</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {metrics.map(({ name, value, baseline }) => {
          const { label, meaning } = wordsOf(name);
          return (
            <tr key={name}>
              <th scope="row">
                {label}
                {explained && meaning !== '' && <span className={styles.meaning}>{meaning}</span>}
              </th>
              <Figure value={value} isModel />
              <Figure value={baseline} missing={t`not measured`} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface FigureProps {
  /** 0 to 1. */
  value: number | null;
  isModel?: boolean;
  missing?: string;
}

function Figure({ value, isModel = false, missing = '' }: FigureProps) {
  const { formatFigure } = useFigures();
  if (value === null)
    return (
      <td>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{missing}</span>
      </td>
    );
  return (
    <td>
      {formatFigure(value)}
      <div className={styles.bar}>
        <ShareBar share={value} isBaseline={!isModel} />
      </div>
    </td>
  );
}
