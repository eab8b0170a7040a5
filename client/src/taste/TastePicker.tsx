import type { ResultOf } from '@graphql-typed-document-node/core';
import { useState } from 'react';
import { PickCard } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { LazyCombobox } from '../search/LazyCombobox.tsx';
import { drawCandidates } from './drawCandidates.ts';
import { tasteStore, useTaste } from './taste.ts';
import styles from './TastePicker.module.css';

/** A film to ask about: its card, and what tells how much an answer would say. */
export const PickerFilmFragment = graphql(/* GraphQL */ `
  fragment PickerFilm on Movie {
    ...MovieCard
    ratingHistogram {
      ...RatingHistogram
    }
  }
`);

export interface TastePickerProps {
  /** Well-known films to draw from. */
  pool: readonly ResultOf<typeof PickerFilmFragment>[];
}

/** Films to like, drawn again after each answer; what stays keeps its place. No averages: the opinion asked for is the visitor's. */
export function TastePicker({ pool }: TastePickerProps) {
  const { picks, notSeen } = useTaste();
  const [previous, setPrevious] = useState<number[]>([]);
  const drawn = drawCandidates(pool, { picked: picks, notSeen, previous });

  function answer(give: () => void) {
    setPrevious(drawn.map(({ movieId }) => movieId));
    give();
  }

  return (
    <>
      <div className={styles.search}>
        <LazyCombobox
          label="Search a film to pick"
          placeholder="Or search one you like"
          onChoose={(movie) => answer(() => tasteStore.pick(movie))}
        />
      </div>
      <ul className={styles.grid} aria-label="Films to pick from">
        {/* By place, not by film: the card that was answered goes on with the next film and keeps the focus. */}
        {drawn.map((movie, place) => (
          <li key={place} className={styles.place}>
            <PickCard movie={movie} picked={false} onToggle={() => answer(() => tasteStore.pick(movie))} />
            <button
              type="button"
              className={styles.notSeen}
              onClick={() => answer(() => tasteStore.markNotSeen(movie.movieId))}
            >
              Haven’t seen<span className="visually-hidden"> {movie.title}</span>
            </button>
          </li>
        ))}
      </ul>
      {drawn.length === 0 && <p>That was all there is to pick from; search finds every film.</p>}
    </>
  );
}
