import { useId } from 'react';
import styles from './fields.module.css';

export interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  /** What may be chosen, with its words. */
  options: Readonly<Record<Value, string>>;
  onChange: (value: Value) => void;
}

/** A choice among few, as the browser's own list. */
export function Select<Value extends string>({ label, value, options, onChange }: SelectProps<Value>) {
  const id = useId();
  const isValue = (text: string): text is Value => Object.hasOwn(options, text);
  return (
    <p className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={({ currentTarget }) => {
          if (isValue(currentTarget.value)) onChange(currentTarget.value);
        }}
      >
        {Object.entries<string>(options).map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </p>
  );
}
