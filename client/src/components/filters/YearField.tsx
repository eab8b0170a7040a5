import { useEffect, useId, useRef } from 'react';
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
  const input = useRef<HTMLInputElement>(null);
  const shown = useRef(year);
  useEffect(() => {
    // Only another year: what was typed before the page's scripts had come stays.
    if (input.current && shown.current !== year) input.current.value = String(year ?? '');
    shown.current = year;
  }, [year]);
  const take = (field: HTMLInputElement) => {
    const typed = field.value.trim() === '' ? null : Math.round(Number(field.value));
    const isYear = typed === null || (typed >= FIRST_YEAR && typed <= LAST_YEAR);
    // The field shows what filters.
    if (!isYear) field.value = String(year ?? '');
    else if (typed !== year) onChange(typed);
  };
  return (
    <p className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={input}
        id={id}
        className={styles.year}
        type="number"
        inputMode="numeric"
        min={FIRST_YEAR}
        max={LAST_YEAR}
        defaultValue={year ?? ''}
        onBlur={({ currentTarget }) => take(currentTarget)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') take(currentTarget);
        }}
      />
    </p>
  );
}
