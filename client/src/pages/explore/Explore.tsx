import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useMemo, useRef, useState } from 'react';
import { EmptyState, PageHeading, QueryError, ShowQuery } from '../../components/index.ts';
import type { HeadContext, PageHead } from '../../routing/pageQuery.ts';
import { pathNumber, useAddressState } from '../../routing/addressState.ts';
import { LazyCombobox } from '../../search/LazyCombobox.tsx';
import { useFormats } from '../../texts/useFormats.ts';
import pages from '../layout/pages.module.css';
import styles from './Explore.module.css';
import { FilmCard, neighboursShown } from './FilmCard.tsx';
import { FilmsInView } from './FilmsInView.tsx';
import { Legend } from './Legend.tsx';
import { MapView, type MapHandle } from './MapView.tsx';
import type { MapFilm, MovieMap } from './movieMap.ts';
import type { Emphasis } from './renderer.ts';
import { movieMapQuery, useMovieMap } from './useMovieMap.ts';
import { useOwnFilms } from './useOwnFilms.ts';

export const head = ({ i18n }: HeadContext): PageHead => ({
  description: i18n._(msg`The map of all films: those that the same people watch lie near each other.`),
});

/** The map of all films: those that the same people watch lie near each other. */
export default function Explore() {
  const { t } = useLingui();
  const state = useMovieMap();
  const { map, loading, error, isMissing, refetch } = state;
  return (
    <div className={`${pages.page} ${styles.page}`}>
      <header className={pages.head}>
        <div>
          <PageHeading title={t`Explore`} />
          <p className={pages.lead}>
            <Trans>Films that the same people watch lie near each other.</Trans>
          </p>
        </div>
        <ShowQuery query={movieMapQuery()} of={t`Explore`} />
      </header>
      {isMissing ? (
        <EmptyState title={t`There is no map yet`}>
          <Trans>The next training draws one: films move near each other as people’s ratings tell.</Trans>
        </EmptyState>
      ) : map.films.length === 0 && error ? (
        <QueryError error={error} onRetry={refetch} title={t`The map did not load`} />
      ) : (
        <>
          {error && (
            <QueryError error={error} onRetry={refetch} title={t`The rest of the map did not load`} />
          )}
          <Explorer map={map} loading={loading} />
        </>
      )}
    </div>
  );
}

const FILM_PARAM = 'film';
const NO_FILMS: readonly MapFilm[] = [];

function Explorer({ map, loading }: { map: MovieMap; loading: boolean }) {
  const { t } = useLingui();
  const { search, updateSearch } = useAddressState();
  const own = useOwnFilms();
  const view = useRef<MapHandle>(null);
  const side = useRef<HTMLDivElement>(null);
  const [genre, setGenre] = useState<number | null>(null);
  const [inView, setInView] = useState<readonly MapFilm[]>(NO_FILMS);
  const [hasWebGl, setHasWebGl] = useState(true);
  const [missed, setMissed] = useState('');
  const filmId = pathNumber(search.get(FILM_PARAM));
  const selected = filmId === null ? undefined : map.byId.get(filmId);
  const emphasis = useEmphasis(map, selected, genre, own);

  const select = (film: MapFilm, { fly }: { fly: boolean }) => {
    setMissed('');
    updateSearch({ [FILM_PARAM]: String(film.movieId) });
    if (fly) view.current?.flyTo(film);
  };
  // A shared address flies to its film once that has come.
  const flown = useRef(false);
  useEffect(() => {
    if (flown.current || !selected || loading) return;
    flown.current = true;
    view.current?.flyTo(selected);
  }, [selected, loading]);

  const shown = hasWebGl ? inView : map.films;
  const films = genre === null ? shown : shown.filter(({ movieId }) => map.genreOf.get(movieId) === genre);
  return (
    <>
      <div className={styles.tools}>
        <div className={styles.find} role="search" aria-label={t`On the map`}>
          <LazyCombobox
            label={t`Find a film on the map`}
            placeholder={t`Find a film on the map`}
            onChoose={({ movieId, title }) => {
              const film = map.byId.get(movieId);
              if (film) select(film, { fly: true });
              else setMissed(t`${title} is not on the map: too few people have rated it.`);
            }}
          />
        </div>
        <Progress map={map} loading={loading} />
      </div>
      <p role="status" className={missed === '' ? 'visually-hidden' : styles.missed}>
        {missed}
      </p>
      <Legend map={map} genre={genre} hasOwn={own.size > 0} onChange={setGenre} />
      <div className={styles.explorer}>
        {hasWebGl ? (
          <MapView
            ref={view}
            map={map}
            emphasis={emphasis}
            selected={selected}
            onSelect={(film) => select(film, { fly: false })}
            onView={setInView}
            onUnable={() => setHasWebGl(false)}
          />
        ) : (
          <EmptyState title={t`This browser cannot draw the map`}>
            <Trans>
              It lacks WebGL. The list beside it has the same films, and each leads to those nearest to it.
            </Trans>
          </EmptyState>
        )}
        <div ref={side} className={styles.side}>
          {selected && (
            <FilmCard
              map={map}
              film={selected}
              isOwn={own.has(selected.movieId)}
              onSelect={(film) => {
                select(film, { fly: true });
                side.current?.querySelector('h2')?.focus();
              }}
            />
          )}
          <FilmsInView
            map={map}
            films={films}
            onSelect={(film) => {
              select(film, { fly: true });
              side.current?.querySelector('h2')?.focus();
            }}
          />
        </div>
      </div>
    </>
  );
}

/** Counts the films that have come; a reader of the screen hears the end alone. */
function Progress({ map, loading }: { map: MovieMap; loading: boolean }) {
  const { formatCount } = useFormats();
  const { films, totalCount } = map;
  return (
    <p className={styles.soft} role="status">
      {loading && films.length === 0 ? (
        <Trans>Loading the map…</Trans>
      ) : loading ? (
        <Trans>
          {formatCount(films.length)} of {formatCount(totalCount)} films
        </Trans>
      ) : (
        <Trans>{formatCount(films.length)} films</Trans>
      )}
    </p>
  );
}

/** Chooses what stands out on the map. */
const useEmphasis = (
  map: MovieMap,
  selected: MapFilm | undefined,
  genre: number | null,
  own: ReadonlySet<number>,
): Emphasis =>
  useMemo(() => {
    const lit = selected ? [selected, ...neighboursShown(map, selected)] : [];
    return { genre, own, lit: new Set(lit.map(({ movieId }) => movieId)) };
  }, [map, selected, genre, own]);
