import { scaleLinear } from '@visx/scale';
import styles from './charts.module.css';

interface IntervalProps {
  mean: number;
  low: number;
  high: number;
  /** The values at both ends. */
  domain: readonly [number, number];
  /** A value to compare with, such as 0 for a difference. */
  reference?: number;
}

/** A value with its interval on a line; the figures stand beside it as text. */
export function Interval({ mean, low, high, domain, reference }: IntervalProps) {
  const x = scaleLinear({ domain: [...domain], range: [0, 100], clamp: true });
  return (
    <span className={styles.interval} aria-hidden="true">
      {reference !== undefined && (
        <span className={styles.reference} style={{ '--at': `${x(reference)}%` }} />
      )}
      <span className={styles.whisker} style={{ '--from': `${x(low)}%`, '--to': `${100 - x(high)}%` }} />
      <span className={styles.mean} style={{ '--at': `${x(mean)}%` }} />
    </span>
  );
}
