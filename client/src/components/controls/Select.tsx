import { useId } from 'react';
import styles from './fields.module.css';
import { useChosen } from './useChosen.ts';
import { useEarlyChoice } from './useEarlyChoice.ts';

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  /** The label of each possible value; a map where values may be whole numbers, which an object would put first. */
  options: Readonly<Record<Value, string>> | Map<Value, string>;
  onChange: (value: Value) => void;
}

/** A choice among few, as the browser's own list. */
export function Select<Value extends string>({ label, value, options, onChange }: SelectProps<Value>) {
  const id = useId();
  const [chosen, choose] = useChosen(value, onChange);
  const labels: ReadonlyMap<string, string> =
    options instanceof Map ? options : new Map(Object.entries<string>(options));
  const isValue = (text: string): text is Value => labels.has(text);
  const list = useEarlyChoice(
    ({ value: shown }: HTMLSelectElement) => shown,
    (early) => {
      if (early !== chosen && isValue(early)) choose(early);
    },
  );
  return (
    <p className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select
        ref={list}
        id={id}
        className={styles.select}
        value={chosen}
        onChange={({ currentTarget }) => {
          if (isValue(currentTarget.value)) choose(currentTarget.value);
        }}
      >
        {[...labels].map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </p>
  );
}
