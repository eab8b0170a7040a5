import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Select } from '../../components/index.ts';
import { useFormats } from '../../texts/useFormats.ts';
import styles from './FilmList.module.css';

/** Shorter lists are scrolled. */
const LEAST_TOTAL = 200;
const MOST_STEPS = 40;

/** Leads to a place far on in a long list. */
export function JumpTo({ total, onJump }: { total: number; onJump: (index: number) => void }) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const [chosen, setChosen] = useState('at 0');
  if (total < LEAST_TOTAL) return null;
  const step = stepOf(total);
  const starts = Array.from({ length: Math.ceil(total / step) }, (_, place) => place * step);
  const options = starts.map((start) => {
    const first = formatCount(start + 1);
    const last = formatCount(Math.min(start + step, total));
    return [`at ${start}`, t`${first} to ${last}`];
  });
  return (
    <div className={styles.jump}>
      <Select
        label={t`Go to`}
        value={starts.includes(Number(chosen.slice(3))) ? chosen : 'at 0'}
        options={Object.fromEntries(options) as Record<string, string>}
        onChange={(next) => {
          setChosen(next);
          onJump(Number(next.slice(3)));
        }}
      />
    </div>
  );
}

/** A round number of films of which a list has not too many. */
function stepOf(total: number): number {
  const least = total / MOST_STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((times) => times * power >= least) ?? 10);
}
