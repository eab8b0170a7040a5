import { useId } from 'react';
import styles from './Filters.module.css';
import { FIRST_YEAR, LAST_YEAR } from './filters.ts';

interface YearFieldProps {
  label: string;
  year: number | null;
  onChange: (year: number | null) => void;
}

/** A year to type; taken when it is whole, or the field is left or sent. */
export function YearField({ label, year, onChange }: YearFieldProps) {
  const id = useId();
  const take = (text: string) => {
    const typed = text.trim() === '' ? null : Number(text);
    if (typed === year || (typed !== null && !(typed >= FIRST_YEAR && typed <= LAST_YEAR))) return;
    onChange(typed === null ? null : Math.round(typed));
  };
  return (
    <p className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        // Another address has another year: the field begins anew with it.
        key={year}
        id={id}
        className={styles.year}
        type="number"
        inputMode="numeric"
        min={FIRST_YEAR}
        max={LAST_YEAR}
        defaultValue={year ?? ''}
        onBlur={({ currentTarget }) => take(currentTarget.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') take(currentTarget.value);
        }}
      />
    </p>
  );
}
