import { Trans } from '@lingui/react/macro';
import { Undo2 } from 'lucide-react';
import type { MovieSummary } from '../components/index.ts';
import { useMarks } from '../session/marks.ts';
import styles from './DismissedFilm.module.css';
import { useMarkFilm } from './useMarkFilm.ts';

/** Stands in the place of a film that the visitor has dismissed, where the list's places are counted; with the way back. */
export function DismissedFilm({ movie }: { movie: MovieSummary }) {
  const { setDismissed } = useMarkFilm();
  // Wanted as of a card: another window may take it back.
  useMarks(movie.movieId);
  return (
    <article className={styles.film} aria-label={movie.title}>
      <p className={styles.title}>{movie.title}</p>
      <p>
        <Trans>Not interested</Trans>
      </p>
      <button type="button" onClick={() => void setDismissed(movie, false)}>
        <Undo2 aria-hidden="true" size={16} />
        <Trans>Suggest it again</Trans>
      </button>
    </article>
  );
}
