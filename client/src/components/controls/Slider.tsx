import { useId } from 'react';
import styles from './fields.module.css';
import { useChosen } from './useChosen.ts';
import { useEarlyChoice } from './useEarlyChoice.ts';

interface SliderProps {
  label: string;
  /** 0 to 1. */
  value: number;
  step: number;
  /** The value in words, shown and read out. */
  words: string;
  onChange: (value: number) => void;
}

/** A degree between nothing and all, as the browser's own slider. */
export function Slider({ label, value, step, words, onChange }: SliderProps) {
  const id = useId();
  const [chosen, choose] = useChosen(value, onChange);
  const slider = useEarlyChoice(
    ({ valueAsNumber }: HTMLInputElement) => valueAsNumber,
    (early) => {
      // A value between two steps is shown as the nearest of them.
      if (Math.abs(early - chosen) > step / 2) choose(early);
    },
  );
  return (
    <p className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={slider}
        id={id}
        className={styles.slider}
        type="range"
        min={0}
        max={1}
        step={step}
        value={chosen}
        aria-valuetext={words}
        onChange={({ currentTarget }) => choose(currentTarget.valueAsNumber)}
      />
      <output htmlFor={id} className={styles.words}>
        {words}
      </output>
    </p>
  );
}
