import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../components/index.ts';
import styles from './Explore.module.css';
import { FilmButtons } from './FilmCard.tsx';
import type { MapFilm, MovieMap } from './movieMap.ts';

const PAGE_SIZE = 30;

interface FilmsInViewProps {
  map: MovieMap;
  /** The most rated first. */
  films: readonly MapFilm[];
  onSelect: (film: MapFilm) => void;
}

/** The films on the part of the map that is shown: the same as the points, for keys and readers of the screen. */
export function FilmsInView({ map, films, onSelect }: FilmsInViewProps) {
  const { t } = useLingui();
  const [shown, setShown] = useState({ of: films, count: PAGE_SIZE });
  const count = shown.of === films ? shown.count : PAGE_SIZE;
  return (
    <section className={styles.inView} aria-labelledby="in-view">
      <h2 id="in-view">
        <Trans>On this part of the map</Trans>
      </h2>
      <p role="status" className={styles.soft}>
        {map.films.length === 0 ? (
          '\u00a0'
        ) : (
          <Plural value={films.length} one="# film" other="# films, the best known first" />
        )}
      </p>
      <FilmButtons
        map={map}
        films={films.slice(0, count)}
        onSelect={onSelect}
        label={t`Films on this part of the map`}
      />
      {films.length > count && (
        <Button onClick={() => setShown({ of: films, count: count + PAGE_SIZE })}>
          <Trans>Show more films</Trans>
        </Button>
      )}
    </section>
  );
}
