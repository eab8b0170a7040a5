import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { LineChart } from '../../../components/charts/LineChart.tsx';
import { Select } from '../../../components/index.ts';
import { useMetricWords } from '../../../components/metrics/useMetricWords.ts';
import { useProtocolWords } from '../../../components/metrics/useProtocolWords.ts';
import { useFigures } from '../../../components/text/figures.ts';
import type { AdminModelVersionFragment } from '../../../gql/graphql.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { Panel } from '../parts/Panel.tsx';
import { Table } from '../parts/Table.tsx';
import styles from './Models.module.css';
import { comparable } from './comparable.ts';

/** A metric of the versions that compare, oldest first, beside the same of popularity: drawn, and as a table. */
export function ModelsOverTime({ models }: { models: readonly AdminModelVersionFragment[] }) {
  const { t } = useLingui();
  const { formatFigure } = useFigures();
  const { formatDay } = useFormats();
  const wordsOf = useMetricWords();
  const protocolWords = useProtocolWords();
  const groups = comparable(models);
  const [chosenGroup, setGroup] = useState<string>();
  const [chosenMetric, setMetric] = useState<string>();
  const group = groups.find(({ key }) => key === chosenGroup) ?? groups[0];
  if (!group) return null;
  const { versions, metricNames } = group;
  const metric = metricNames.find((name) => name === chosenMetric) ?? metricNames[0] ?? '';
  const valueOf = (version: AdminModelVersionFragment) => version.metrics.find(({ name }) => name === metric);
  const { label, meaning } = wordsOf(metric);
  const [first] = versions;
  const question = first?.protocol ? protocolWords(first.protocolName ?? '', first.protocol) : '';
  return (
    <Panel title={t`Models over time`} lead={`${question} ${meaning}`}>
      <div className={styles.controls}>
        <Select
          label={t`Measure`}
          value={metric}
          options={Object.fromEntries(metricNames.map((name) => [name, wordsOf(name).label]))}
          onChange={setMetric}
        />
        {groups.length > 1 && (
          <Select
            label={t`Data`}
            value={group.key}
            options={Object.fromEntries(groups.map(({ key }) => [key, key]))}
            onChange={setGroup}
          />
        )}
      </div>
      <LineChart
        label={t`${label} of each version, beside the most popular films`}
        places={versions.map(({ version }) => version)}
        lines={[
          { name: t`Model`, values: versions.map((one) => valueOf(one)?.value ?? null) },
          {
            name: t`Most popular films`,
            values: versions.map((one) => valueOf(one)?.baseline ?? null),
            isBaseline: true,
          },
        ]}
        format={formatFigure}
        placeName={(version) => <Trans>Version {version}</Trans>}
      />
      <Table
        caption={t`${label} of each version`}
        head={[t`Version`, t`Trained`, t`Model`, t`Most popular films`]}
      >
        {versions.toReversed().map((one) => (
          <tr key={one.version}>
            <th scope="row">{one.version}</th>
            <td>{one.trainedAt === null ? '–' : formatDay(one.trainedAt)}</td>
            <td>{figureOf(valueOf(one)?.value, formatFigure)}</td>
            <td>{figureOf(valueOf(one)?.baseline, formatFigure)}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

const figureOf = (value: number | null | undefined, format: (value: number) => string): string =>
  value === null || value === undefined ? '–' : format(value);
