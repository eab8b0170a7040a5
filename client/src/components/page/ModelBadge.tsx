import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans } from '@lingui/react/macro';
import { graphql } from '../../gql/index.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { DatasetName } from './DatasetName.tsx';
import styles from './ModelBadge.module.css';

export const ModelBadgeFragment = graphql(/* GraphQL */ `
  fragment ModelBadge on Model {
    version
    recipe
    trainedAt
  }
`);

/** The model's facts are absent where no trained model serves. */
interface ModelBadgeProps extends Partial<ResultOf<typeof ModelBadgeFragment>> {
  /** Undefined or null where there is none, or where it is not known yet. */
  dataset: { name: string; isSynthetic: boolean } | null | undefined;
}

/** Names the data set and the model that the portal serves; says so where its ratings are made up. */
export function ModelBadge({ dataset, version, recipe, trainedAt }: ModelBadgeProps) {
  const { formatDay } = useFormats();
  return (
    <p className={styles.badge}>
      <span className={dataset?.isSynthetic ? styles.synthetic : undefined}>
        {dataset ? <DatasetName {...dataset} /> : <Trans>no data set</Trans>}
      </span>
      <span>
        {!version || !trainedAt ? (
          <Trans>no trained model</Trans>
        ) : recipe === 'quick' ? (
          <Trans>
            model {version}, quickly trained on {formatDay(trainedAt)}
          </Trans>
        ) : (
          <Trans>
            model {version}, trained on {formatDay(trainedAt)}
          </Trans>
        )}
      </span>
    </p>
  );
}
