import { Trans, useLingui } from '@lingui/react/macro';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import { genreCss } from './colours.ts';
import styles from './Explore.module.css';
import type { MovieMap } from './movieMap.ts';

interface LegendProps {
  map: MovieMap;
  /** Index of the genre that alone is shown in colour; null for all. */
  genre: number | null;
  hasOwn: boolean;
  onChange: (genre: number | null) => void;
}

/** Tells what the colours mean; a genre that is chosen stands out alone. */
export function Legend({ map, genre, hasOwn, onChange }: LegendProps) {
  const { t } = useLingui();
  const { genreName } = useGenreWords();
  return (
    <div className={styles.legend} role="group" aria-label={t`Genres by colour`}>
      {map.genres.map((name, index) => (
        <button
          key={name}
          type="button"
          className={styles.genre}
          aria-pressed={genre === index}
          onClick={() => onChange(genre === index ? null : index)}
        >
          <span className={styles.dot} style={{ '--colour': genreCss(index) }} aria-hidden="true" />
          {genreName(name)}
        </button>
      ))}
      {hasOwn && (
        <span className={styles.ownKey}>
          <span className={`${styles.dot} ${styles.ring}`} aria-hidden="true" />
          <Trans>rated or picked by you</Trans>
        </span>
      )}
    </div>
  );
}
