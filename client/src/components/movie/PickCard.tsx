import { Check } from 'lucide-react';
import { Poster } from '../../posters/Poster.tsx';
import { useEarlyChoice } from '../controls/useEarlyChoice.ts';
import styles from './PickCard.module.css';
import type { MovieSummary } from './MovieCard.tsx';

interface PickCardProps {
  movie: MovieSummary;
  picked: boolean;
  onToggle: (picked: boolean) => void;
  disabled?: boolean;
}

/** A film to like in the taste picker: a native checkbox that looks like its poster. */
export function PickCard({ movie, picked, onToggle, disabled = false }: PickCardProps) {
  const box = useEarlyChoice(
    ({ checked }: HTMLInputElement) => checked,
    (early, input) => {
      if (early === picked) return;
      // As after any change: the tick is of the film that was picked, and another may take its place.
      input.checked = picked;
      onToggle(early);
    },
  );
  return (
    <label className={styles.pick}>
      <input
        ref={box}
        type="checkbox"
        className={styles.checkbox}
        checked={picked}
        disabled={disabled}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      <span className={styles.poster}>
        <Poster
          title={movie.title}
          year={movie.releaseYear}
          genres={movie.genres.map(({ name }) => name)}
          posterUrl={movie.posterUrl}
          decorative
        />
        <span className={styles.mark} aria-hidden="true">
          <Check size={20} strokeWidth={3} />
        </span>
      </span>
      <span className={styles.title}>
        {movie.title}
        {movie.releaseYear ? <span className={styles.year}> {movie.releaseYear}</span> : null}
      </span>
    </label>
  );
}
