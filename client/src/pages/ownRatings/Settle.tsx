import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { Button } from '../../components/index.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { LazyCombobox } from '../../search/LazyCombobox.tsx';
import { nameOf, type FoundMovie, type OwnFilm } from './films.ts';
import styles from './OwnRatings.module.css';

const SHOWN_AT_FIRST = 20;

interface SettleProps {
  films: readonly OwnFilm[];
  withHearts: boolean;
  onChoose: (place: number, movie: FoundMovie | null) => void;
}

/** The films that were not found for sure, each to be chosen by hand or left out. */
export function Settle({ films, withHearts, onChoose }: SettleProps) {
  const { t } = useLingui();
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  // Fixed at the beginning: a film that was settled stays in its place, to be settled otherwise.
  const [open] = useState(() => films.flatMap(({ movie }, place) => (movie ? [] : [place])));
  const places = open.filter((place) => withHearts || films[place]?.row.kind === 'rating');
  if (places.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="settle">
      <h2 id="settle">
        <Trans>Which films are these?</Trans>
      </h2>
      <p>
        <Plural
          value={places.length}
          one="One film was not found for sure. Choose the right one, or leave it: it is skipped."
          other="# films were not found for sure. Choose the right ones, or leave them: they are skipped."
        />
      </p>
      <ul className={styles.films} aria-label={t`Films to settle`}>
        {places.slice(0, shown).map((place) => (
          <Film key={place} film={films[place]} onChoose={(movie) => onChoose(place, movie)} />
        ))}
      </ul>
      {places.length > shown && (
        <p>
          <Button onClick={() => setShown(shown + SHOWN_AT_FIRST)}>
            <Trans>Show more films</Trans>
          </Button>
        </p>
      )}
    </section>
  );
}

function Film({
  film,
  onChoose,
}: {
  film: OwnFilm | undefined;
  onChoose: (movie: FoundMovie | null) => void;
}) {
  const { t } = useLingui();
  const { formatStars } = useFormats();
  const item = useRef<HTMLLIElement>(null);
  if (!film) return null;
  const settle = (movie: FoundMovie | null) => {
    onChoose(movie);
    // The button that was pressed goes: the keyboard stays with the film.
    item.current?.focus();
  };
  const { row, movie, candidates } = film;
  const name = row.title === null ? t`A film without a title` : nameOf(row.title, row.year);
  const stars = row.halfStars === null ? t`liked` : t`${formatStars(row.halfStars / 2)} of 5 stars`;
  return (
    <li ref={item} tabIndex={-1} className={styles.film}>
      <p className={styles.name}>
        <strong>{name}</strong>, {stars}
      </p>
      <p role="status" className={styles.chosen}>
        {movie ? t`Taken as ${nameOf(movie.title, movie.releaseYear)}` : t`Skipped`}
      </p>
      {movie ? (
        <p>
          <Button onClick={() => settle(null)}>
            <Trans>
              Not this one<span className="visually-hidden">: skip {name}</span>
            </Trans>
          </Button>
        </p>
      ) : (
        <>
          {candidates.length > 0 && (
            <p className={styles.actions}>
              {candidates.map((candidate) => (
                <Button key={candidate.movieId} onClick={() => settle(candidate)}>
                  <Trans>
                    {nameOf(candidate.title, candidate.releaseYear)}
                    <span className="visually-hidden"> is {name}</span>
                  </Trans>
                </Button>
              ))}
            </p>
          )}
          <LazyCombobox label={t`Search for ${name}`} placeholder={t`Search for it`} onChoose={settle} />
        </>
      )}
    </li>
  );
}
