import { Trans, useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { useFormats } from '../../texts/useFormats.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import styles from './Filters.module.css';
import { NO_FILTERS, toMovieFilter, type Filters } from './filters.ts';
import type { FilterProps } from './FilterPanel.tsx';

/** The filters that are set, each with the way to take it out; nothing where none is. */
export function FilterChips({ filters, onChange }: FilterProps) {
  const { t } = useLingui();
  const chips = useChips(filters);
  const list = useRef<HTMLDivElement>(null);
  if (toMovieFilter(filters) === null) return null;
  return (
    <div ref={list} className={styles.chips} role="group" aria-label={t`Filters that are set`}>
      {chips.map(({ words, without }) => (
        <button
          key={words}
          type="button"
          className={styles.chip}
          onClick={() => {
            onChange(without);
            // The button goes: its neighbour, or the filters' button, takes the focus over.
            const next = list.current?.querySelector<HTMLElement>('button:not(:focus)');
            const toggle = list.current?.parentElement?.querySelector<HTMLElement>('[aria-expanded]');
            (chips.length > 1 ? next : toggle)?.focus();
          }}
        >
          <span className="visually-hidden">
            <Trans>Remove the filter</Trans>{' '}
          </span>
          {words}
          <span aria-hidden="true" className={styles.remove}>
            ×
          </span>
        </button>
      ))}
      {chips.length > 1 && (
        <button
          type="button"
          className={styles.clear}
          onClick={() => {
            list.current?.parentElement?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
            onChange(() => NO_FILTERS);
          }}
        >
          <Trans>Clear all</Trans>
        </button>
      )}
    </div>
  );
}

interface Chip {
  words: string;
  /** Takes it out. */
  without: (filters: Filters) => Filters;
}

function useChips(filters: Filters): Chip[] {
  const { t } = useLingui();
  const { formatStars, formatCount } = useFormats();
  const { genreName } = useGenreWords();
  const { genres, withoutGenres, yearFrom, yearTo, leastRating, leastVotes } = filters;
  const chips: Chip[] = genres.map((genre) => ({
    words: genreName(genre),
    without: (before) => ({ ...before, genres: before.genres.filter((one) => one !== genre) }),
  }));
  const leaving = (part: Partial<Filters>) => (before: Filters) => ({ ...before, ...part });
  if (withoutGenres) chips.push({ words: t`No genre known`, without: leaving({ withoutGenres: false }) });
  const withoutYears = leaving({ yearFrom: null, yearTo: null });
  if (yearFrom !== null && yearTo !== null)
    chips.push({ words: t`${yearFrom} to ${yearTo}`, without: withoutYears });
  else if (yearFrom !== null) chips.push({ words: t`${yearFrom} or later`, without: withoutYears });
  else if (yearTo !== null) chips.push({ words: t`${yearTo} or earlier`, without: withoutYears });
  if (leastRating !== null) {
    const stars = formatStars(leastRating);
    chips.push({ words: t`${stars} stars or more`, without: leaving({ leastRating: null }) });
  }
  if (leastVotes !== null) {
    const votes = formatCount(leastVotes);
    chips.push({ words: t`${votes} ratings or more`, without: leaving({ leastVotes: null }) });
  }
  return chips;
}
