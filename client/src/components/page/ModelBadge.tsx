import { formatDay } from '../text/format.ts';
import styles from './ModelBadge.module.css';

export interface ModelBadgeProps {
  /** The data set's name as the model carries it. */
  dataset: string;
  /** Whether its ratings are made up: always said. */
  synthetic: boolean;
  /** Absent where no trained model serves. */
  version?: string | null;
  /** How it was trained, `quick` or `full`. */
  recipe?: string | null;
  /** ISO 8601. */
  trainedAt?: string | null;
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
