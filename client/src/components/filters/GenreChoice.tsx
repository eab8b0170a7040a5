import { Trans } from '@lingui/react/macro';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import { useChosen } from '../controls/useChosen.ts';
import { useEarlyChoice } from '../controls/useEarlyChoice.ts';
import styles from './Filters.module.css';
import type { FilterProps } from './FilterPanel.tsx';

/** Several genres to choose from, or none at all. */
export function GenreChoice({ filters, onChange, genres = [] }: FilterProps) {
  const { genreName, byGenreName } = useGenreWords();
  return (
    <fieldset className={styles.genres}>
      <legend>
        <Trans>Any of these genres</Trans>
      </legend>
      <div className={styles.choices}>
        {byGenreName(genres).map((genre) => (
          <Choice
            key={genre}
            isChosen={filters.genres.includes(genre)}
            onChange={(isChosen) =>
              onChange((before) => ({
                ...before,
                withoutGenres: false,
                genres: genres.filter((one) => (one === genre ? isChosen : before.genres.includes(one))),
              }))
            }
          >
            {genreName(genre)}
          </Choice>
        ))}
        <Choice
          isChosen={filters.withoutGenres}
          onChange={(withoutGenres) => onChange((before) => ({ ...before, genres: [], withoutGenres }))}
        >
          <Trans>No genre known</Trans>
        </Choice>
      </div>
    </fieldset>
  );
}

interface ChoiceProps {
  isChosen: boolean;
  onChange: (isChosen: boolean) => void;
  children: React.ReactNode;
}

function Choice({ isChosen, onChange, children }: ChoiceProps) {
  const [chosen, choose] = useChosen(isChosen, onChange);
  const box = useEarlyChoice(
    ({ checked }: HTMLInputElement) => checked,
    (early) => {
      if (early !== chosen) choose(early);
    },
  );
  return (
    <label className={styles.choice}>
      <input
        ref={box}
        type="checkbox"
        checked={chosen}
        onChange={({ currentTarget }) => choose(currentTarget.checked)}
      />
      {children}
    </label>
  );
}
