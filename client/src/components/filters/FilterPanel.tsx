import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { useFormats } from '../../texts/useFormats.ts';
import { Select } from '../controls/Select.tsx';
import styles from './Filters.module.css';
import { decadeOf, type Filters } from './filters.ts';
import { GenreChoice } from './GenreChoice.tsx';
import { YearField } from './YearField.tsx';

export interface FilterProps {
  filters: Filters;
  /** Is told how to change the filters that stand by then, which may be others than those shown. */
  onChange: (change: (filters: Filters) => Filters) => void;
  /** All genres by name; left out where the list is one of a genre. */
  genres?: readonly string[];
}

const DECADES = [2020, 2010, 2000, 1990, 1980, 1970, 1960, 1950, 1940, 1930, 1920, 1910, 1900];
const RATINGS = [4.5, 4, 3.5, 3];
const VOTES = [1000, 100, 50, 20, 5];
const ANY = 'any';

/** Open or not as the visitor left it, so that the way back finds the page as high as it was. */
let wasOpen = false;

/** The filters of a list of films, behind a button that tells how many are set. */
export function FilterPanel({ filters, onChange, genres }: FilterProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(wasOpen);
  const panel = useId();
  const toggle = () => setOpen((wasOpen = !isOpen));
  return (
    <div className={styles.filters}>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isOpen}
        aria-controls={panel}
        onClick={toggle}
      >
        <Trans>Filters</Trans>
        <span aria-hidden="true" className={styles.arrow} />
      </button>
      <div id={panel} className={styles.panel} role="group" aria-label={t`Filters`} hidden={!isOpen}>
        {genres && <GenreChoice filters={filters} onChange={onChange} genres={genres} />}
        <div className={styles.fields}>
          <DecadeChoice filters={filters} onChange={onChange} />
          <YearField
            label={t`From year`}
            year={filters.yearFrom}
            onChange={(yearFrom) => onChange((before) => ({ ...before, yearFrom }))}
          />
          <YearField
            label={t`To year`}
            year={filters.yearTo}
            onChange={(yearTo) => onChange((before) => ({ ...before, yearTo }))}
          />
          <LeastChoices filters={filters} onChange={onChange} />
        </div>
      </div>
    </div>
  );
}

function DecadeChoice({ filters, onChange }: FilterProps) {
  const { t } = useLingui();
  const decade = decadeOf(filters);
  return (
    <Select
      label={t`Decade`}
      value={keyOf(decade)}
      options={optionsOf(DECADES, decade, t`Any`, (first) =>
        t({ message: `${first}s`, comment: 'A decade, as 1990s' }),
      )}
      onChange={(chosen) => {
        const first = numberOf(chosen);
        onChange((before) => ({ ...before, yearFrom: first, yearTo: first === null ? null : first + 9 }));
      }}
    />
  );
}

function LeastChoices({ filters, onChange }: FilterProps) {
  const { t } = useLingui();
  const { formatStars, formatCount } = useFormats();
  const { leastRating, leastVotes } = filters;
  return (
    <>
      <Select
        label={t`Average rating`}
        value={keyOf(leastRating)}
        options={optionsOf(RATINGS, leastRating, t`Any`, (stars) => {
          const least = formatStars(stars);
          return t`${least} stars or more`;
        })}
        onChange={(chosen) => onChange((before) => ({ ...before, leastRating: numberOf(chosen) }))}
      />
      <Select
        label={t`Ratings`}
        value={keyOf(leastVotes)}
        options={optionsOf(VOTES, leastVotes, t`Any number`, (votes) => {
          const least = formatCount(votes);
          return t`${least} or more`;
        })}
        onChange={(chosen) => onChange((before) => ({ ...before, leastVotes: numberOf(chosen) }))}
      />
    </>
  );
}

const keyOf = (number: number | null): string => (number === null ? ANY : String(number));
const numberOf = (key: string): number | null => (key === ANY ? null : Number(key));

/** The numbers to choose from, with the one that the address holds. */
function optionsOf(
  numbers: readonly number[],
  current: number | null,
  any: string,
  inWords: (number: number) => string,
): Map<string, string> {
  const all = current === null || numbers.includes(current) ? numbers : [current, ...numbers];
  return new Map([[ANY, any], ...all.map((number) => [keyOf(number), inWords(number)] as const)]);
}
