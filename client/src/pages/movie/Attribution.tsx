import { Trans } from '@lingui/react/macro';
import styles from './Movie.module.css';

/** Says whose the facts are, as their owners ask. */
export function Attribution() {
  return (
    <p className={styles.attribution}>
      <Trans>
        Synopsis, people, trailer and images come from <a href="https://www.themoviedb.org">TMDB</a>, where to
        watch from <a href="https://www.justwatch.com">JustWatch</a>. This product uses the TMDB API but is
        not endorsed or certified by TMDB.
      </Trans>
    </p>
  );
}
