import { Trans } from '@lingui/react/macro';
import styles from './Filters.module.css';
import type { FilterProps } from './FilterPanel.tsx';

/** Several genres to choose from, or none at all. */
export function GenreChoice({ filters, onChange, genres = [] }: FilterProps) {
  const toggle = (genre: string, isChosen: boolean) =>
    onChange({
      ...filters,
      withoutGenres: false,
      genres: genres.filter((one) => (one === genre ? isChosen : filters.genres.includes(one))),
    });
  return (
    <fieldset className={styles.genres}>
      <legend>
        <Trans>Any of these genres</Trans>
      </legend>
      <div className={styles.choices}>
        {genres.map((genre) => (
          <label key={genre} className={styles.choice}>
            <input
              type="checkbox"
              checked={filters.genres.includes(genre)}
              onChange={({ currentTarget }) => toggle(genre, currentTarget.checked)}
            />
            {genre}
          </label>
        ))}
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={filters.withoutGenres}
            onChange={({ currentTarget }) =>
              onChange({ ...filters, genres: [], withoutGenres: currentTarget.checked })
            }
          />
          <Trans>No genre known</Trans>
        </label>
      </div>
    </fieldset>
  );
}
