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
export interface ModelBadgeProps extends Partial<ResultOf<typeof ModelBadgeFragment>> {
  /** The data set's name as the model carries it. */
  dataset: string;
  /** Whether its ratings are made up: always said. */
  synthetic: boolean;
}

/** Which data and which model this portal speaks from. */
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
