import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { memo, useCallback, useState } from 'react';
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
  movieId: number;
  title: string;
  isPicked: boolean;
  /** The place in the grid; `NO_PLACE` for a film that was searched for. */
  place: number;
}

const NO_PLACE = -1;

interface Drawing {
  /** The films that were shown when the last answer came. */
  previous: readonly number[];
  answer: Answer | null;
}

/** Draws films to like again after each answer; those that stay keep their places. Shows no averages, which would sway. */
export function TastePicker({ pool, undo: { change } }: TastePickerProps) {
  const { t } = useLingui();
  const { picks, notSeen } = useTaste();
  const [{ previous, answer }, setDrawing] = useState<Drawing>({ previous: [], answer: null });
  const drawn = drawCandidates(pool, { picked: picks, notSeen, previous });
  const next = answer ? drawn[answer.place] : undefined;
  // An answer that was taken back is none: its film is where it was.
  const hasAnswer = answer !== null && answer.movieId !== next?.movieId;

  // Both stay the same functions, so that an answer renders no place but the one that was answered.
  const answered = useCallback(
    (given: Answer, act: () => void) => {
      const { picks: picked, notSeen: left } = tasteStore.get();
      act();
      setDrawing((before) => {
        const shown = drawCandidates(pool, { picked, notSeen: left, previous: before.previous });
        return { previous: shown.map(({ movieId }) => movieId), answer: given };
      });
    },
    [pool],
  );
  const pick = useCallback(
    (movie: Pick, place: number) =>
      answered({ movieId: movie.movieId, title: movie.title, isPicked: true, place }, () =>
        tasteStore.pick(movie),
      ),
    [answered],
  );
  const markNotSeen = useCallback(
    ({ movieId, title }: PickerFilm, place: number) =>
      answered({ movieId, title, isPicked: false, place }, () =>
        change(t`${title}: not seen.`, () => tasteStore.markNotSeen(movieId)),
      ),
    [answered, change, t],
  );

  return (
    <>
      <div className={styles.search}>
        <LazyCombobox
          label={t`Search for a film to pick`}
          placeholder={t`Or search for one you like`}
          onChoose={(movie) => pick(movie, NO_PLACE)}
        />
      </div>
      <p className="visually-hidden" role="status">
        {hasAnswer && <AnswerWords {...answer} next={next?.title} />}
      </p>
      <ul className={styles.grid} aria-label={t`Films to pick from`}>
        {/* By place, not by film: the card that was answered goes on with the next film and keeps the focus. */}
        {drawn.map((movie, place) => (
          <Place key={place} movie={movie} place={place} onPick={pick} onNotSeen={markNotSeen} />
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

interface PlaceProps {
  movie: PickerFilm;
  place: number;
  onPick: (movie: PickerFilm, place: number) => void;
  onNotSeen: (movie: PickerFilm, place: number) => void;
}

const Place = memo(function Place({ movie, place, onPick, onNotSeen }: PlaceProps) {
  return (
    <li className={styles.place}>
      <PickCard movie={movie} picked={false} onToggle={() => onPick(movie, place)} />
      <button type="button" className={styles.notSeen} onClick={() => onNotSeen(movie, place)}>
        <Trans>
          Haven’t seen<span className="visually-hidden"> {movie.title}</span>
        </Trans>
      </button>
    </li>
  );
});

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
