import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { ButtonLink } from '../../components/index.ts';
import { moviePath } from '../../routing/paths.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import { genreCss } from './colours.ts';
import styles from './Explore.module.css';
import { neighboursOf, type MapFilm, type MovieMap } from './movieMap.ts';

const NEIGHBOURS = 8;

export const neighboursShown = (map: MovieMap, film: MapFilm): MapFilm[] =>
  neighboursOf(map, film, NEIGHBOURS);

interface FilmCardProps {
  map: MovieMap;
  film: MapFilm;
  isOwn: boolean;
  onSelect: (film: MapFilm) => void;
}

/** The chosen film with those nearest to it, each a step further over the map. */
export function FilmCard({ map, film, isOwn, onSelect }: FilmCardProps) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { genreNames } = useGenreWords();
  const headingId = useId();
  const { title, releaseYear, genres, ratingCount, movieId } = film;
  const count = formatCount(ratingCount);
  return (
    <section className={styles.card} aria-labelledby={headingId}>
      <h2 id={headingId} tabIndex={-1}>
        {title}
        {releaseYear !== null && <span className={styles.year}> {releaseYear}</span>}
      </h2>
      <p className={styles.soft}>
        {genres.length > 0 && <>{genreNames(genres)} · </>}
        {ratingCount === 1 ? <Trans>1 rating</Trans> : <Trans>{count} ratings</Trans>}
        {isOwn && (
          <>
            {' · '}
            <Trans>one of yours</Trans>
          </>
        )}
      </p>
      <p>
        <ButtonLink variant="primary" to={moviePath(movieId)}>
          <Trans>
            Open<span className="visually-hidden"> {title}</span>
          </Trans>
        </ButtonLink>
      </p>
      <h3>
        <Trans>Nearest on the map</Trans>
      </h3>
      <FilmButtons
        map={map}
        films={neighboursShown(map, film)}
        onSelect={onSelect}
        label={t`Nearest to ${title}`}
      />
    </section>
  );
}

interface FilmButtonsProps {
  map: MovieMap;
  films: readonly MapFilm[];
  onSelect: (film: MapFilm) => void;
  label: string;
}

/** Films as a list of buttons, each of which chooses its film. */
export const FilmButtons = ({ map, films, onSelect, label }: FilmButtonsProps) => (
  <ul className={styles.films} aria-label={label}>
    {films.map((film) => (
      <li key={film.movieId}>
        <button type="button" className={styles.film} onClick={() => onSelect(film)}>
          <span
            className={styles.dot}
            style={{ '--colour': genreCss(map.genreOf.get(film.movieId) ?? -1) }}
            aria-hidden="true"
          />
          <span className={styles.title}>{film.title}</span>
          <span className={styles.year}>{film.releaseYear}</span>
        </button>
      </li>
    ))}
  </ul>
);
