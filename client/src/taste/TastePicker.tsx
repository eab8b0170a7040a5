import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { PickCard } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { LazyCombobox } from '../search/LazyCombobox.tsx';
import { drawCandidates } from './drawCandidates.ts';
import { tasteStore, useTaste, type Pick } from './taste.ts';
import styles from './TastePicker.module.css';
import type { TasteUndo } from './useTasteUndo.ts';

/** A film to ask about, with the ratings that score the information in an answer. */
export const PickerFilmFragment = graphql(/* GraphQL */ `
  fragment PickerFilm on Movie {
    ...MovieCard
    ratingHistogram {
      ...RatingHistogram
    }
  }
`);

type PickerFilm = ResultOf<typeof PickerFilmFragment>;

interface TastePickerProps {
  /** Well-known films to draw from. */
  pool: readonly PickerFilm[];
  undo: TasteUndo;
}

interface Answer {
  title: string;
  isPicked: boolean;
  /** The place in the grid; −1 for a film that was searched for. */
  place: number;
}

/** Draws films to like again after each answer; those that stay keep their places. Shows no averages, which would sway. */
export function TastePicker({ pool, undo }: TastePickerProps) {
  const { t } = useLingui();
  const { picks, notSeen } = useTaste();
  const [previous, setPrevious] = useState<number[]>([]);
  const [answer, setAnswer] = useState<Answer>();
  const drawn = drawCandidates(pool, { picked: picks, notSeen, previous });

  function pick(movie: Pick, place = -1) {
    setPrevious(drawn.map(({ movieId }) => movieId));
    tasteStore.pick(movie);
    setAnswer({ title: movie.title, isPicked: true, place });
  }

  function markNotSeen({ movieId, title }: PickerFilm, place: number) {
    setPrevious(drawn.map((film) => film.movieId));
    undo.change(t`${title}: not seen.`, () => tasteStore.markNotSeen(movieId));
    setAnswer({ title, isPicked: false, place });
  }

  return (
    <>
      <div className={styles.search}>
        <LazyCombobox
          label={t`Search for a film to pick`}
          placeholder={t`Or search for one you like`}
          onChoose={(movie) => pick(movie)}
        />
      </div>
      <p className="visually-hidden" role="status">
        {answer && <AnswerWords {...answer} next={drawn[answer.place]?.title} />}
      </p>
      <ul className={styles.grid} aria-label={t`Films to pick from`}>
        {/* By place, not by film: the card that was answered goes on with the next film and keeps the focus. */}
        {drawn.map((movie, place) => (
          <li key={place} className={styles.place}>
            <PickCard movie={movie} picked={false} onToggle={() => pick(movie, place)} />
            <button type="button" className={styles.notSeen} onClick={() => markNotSeen(movie, place)}>
              <Trans>
                Haven’t seen<span className="visually-hidden"> {movie.title}</span>
              </Trans>
            </button>
          </li>
        ))}
      </ul>
      {drawn.length === 0 && (
        <p>
          <Trans>There are no more suggestions. Use search to find any other film.</Trans>
        </p>
      )}
    </>
  );
}

/** Says what was answered, and which film took the place of the answered one. */
function AnswerWords({ title, isPicked, next }: Answer & { next: string | undefined }) {
  if (isPicked)
    return next ? (
      <Trans>
        {title} picked. {next} took its place.
      </Trans>
    ) : (
      <Trans>{title} picked.</Trans>
    );
  return next ? (
    <Trans>
      {title} left out. {next} took its place.
    </Trans>
  ) : (
    <Trans>{title} left out.</Trans>
  );
}
