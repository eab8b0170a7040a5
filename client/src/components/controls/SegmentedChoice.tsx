import { useId } from 'react';
import styles from './SegmentedChoice.module.css';
import { useChosen } from './useChosen.ts';
import { useEarlyChoice } from './useEarlyChoice.ts';

interface SegmentedChoiceProps<Value extends string> {
  label: string;
  value: Value;
  /** The words of each possible value. */
  options: Readonly<Record<Value, string>>;
  /** May take a while; must not reject. */
  onChoose: (value: Value) => void | Promise<void>;
}

/** A choice among two to four that are all in sight: the browser's own radio buttons side by side. */
export function SegmentedChoice<Value extends string>(props: SegmentedChoiceProps<Value>) {
  const { label, options } = props;
  const [value, onChoose] = useChosen(props.value, props.onChoose);
  const name = useId();
  const isValue = (text: string): text is Value => Object.hasOwn(options, text);
  const group = useEarlyChoice(
    (fields: HTMLFieldSetElement) => fields.querySelector<HTMLInputElement>('input:checked')?.value,
    (early) => {
      if (early !== undefined && early !== value && isValue(early)) void onChoose(early);
    },
  );
  return (
    <fieldset ref={group}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.segments}>
        {Object.entries<string>(options).map(([option, words]) => (
          <label key={option} className={styles.segment}>
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              onChange={() => isValue(option) && onChoose(option)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
