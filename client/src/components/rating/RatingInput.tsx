import { Plural } from '@lingui/react/macro';
import { useId } from 'react';
import styles from './RatingInput.module.css';
import { VisuallyHidden } from '../text/VisuallyHidden.tsx';

interface RatingInputProps {
  /** Names the rated thing, such as "Your rating of Heat". */
  legend: string;
  /** 0.5 to 5, or null while nothing is chosen. */
  value: number | null;
  onChange: (rating: number) => void;
  /** Whole or half stars. */
  step?: 0.5 | 1;
  hideLegend?: boolean;
}

/** Stars as native radios: arrow keys choose, Tab leaves, and every screen reader knows them. */
export function RatingInput({ legend, value, onChange, step = 0.5, hideLegend = false }: RatingInputProps) {
  const name = useId();
  const ratings = Array.from({ length: 5 / step }, (_, index) => (index + 1) * step);
  return (
    <fieldset className={styles.field} style={{ '--filled': `${(value ?? 0) * 20}%` }}>
      <legend className={hideLegend ? 'visually-hidden' : styles.legend}>{legend}</legend>
      <div className={styles.stars} data-step={step}>
        {ratings.map((rating) => (
          <label key={rating} className={styles.step} style={{ '--reach': `${rating * 20}%` }}>
            <input
              type="radio"
              name={name}
              value={rating}
              checked={rating === value}
              onChange={() => onChange(rating)}
            />
            <VisuallyHidden>
              <Plural value={rating} one="# star" other="# stars" />
            </VisuallyHidden>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
