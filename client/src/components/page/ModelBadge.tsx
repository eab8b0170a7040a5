import type { ResultOf } from '@graphql-typed-document-node/core';
import { graphql } from '../../gql/index.ts';
import { formatDay } from '../text/format.ts';
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
  /** The data set's name as the model carries it. */
  dataset: string;
  /** True where its ratings are generated; the badge always says so. */
  synthetic: boolean;
}

/** Names the data set and the model that the portal serves. */
export function ModelBadge({ dataset, synthetic, version, recipe, trainedAt }: ModelBadgeProps) {
  return (
    <p className={styles.badge}>
      <span>{dataset}</span>
      {synthetic && <span className={styles.synthetic}>synthetic sample</span>}
      <span>
        {version ? `model ${version}` : 'no trained model'}
        {version && recipe ? `, ${recipe} recipe` : ''}
        {version && trainedAt ? `, trained ${formatDay(trainedAt)}` : ''}
      </span>
    </p>
  );
}
