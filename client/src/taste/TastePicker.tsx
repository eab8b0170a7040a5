import type { ResultOf } from '@graphql-typed-document-node/core';
import { useState } from 'react';
import { PickCard } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { LazyCombobox } from '../search/LazyCombobox.tsx';
import { drawCandidates } from './drawCandidates.ts';
import { tasteStore, useTaste } from './taste.ts';
import styles from './TastePicker.module.css';

/** A film to ask about, with the ratings that score the information in an answer. */
export const PickerFilmFragment = graphql(/* GraphQL */ `
  fragment PickerFilm on Movie {
    ...MovieCard
    ratingHistogram {
      ...RatingHistogram
    }
  }
`);

interface TastePickerProps {
  /** Well-known films to draw from. */
  pool: readonly ResultOf<typeof PickerFilmFragment>[];
}

/** Draws films to like again after each answer; those that stay keep their places. Shows no averages, which would sway. */
export function TastePicker({ pool }: TastePickerProps) {
  const { picks, notSeen } = useTaste();
  const [previous, setPrevious] = useState<number[]>([]);
  const drawn = drawCandidates(pool, { picked: picks, notSeen, previous });

  function recordAnswer(store: () => void) {
    setPrevious(drawn.map(({ movieId }) => movieId));
    store();
  }

  return (
    <>
      <div className={styles.search}>
        <LazyCombobox
          label="Search for a film to pick"
          placeholder="Or search for one you like"
          onChoose={(movie) => recordAnswer(() => tasteStore.pick(movie))}
        />
      </div>
      <ul className={styles.grid} aria-label="Films to pick from">
        {/* By place, not by film: the card that was answered goes on with the next film and keeps the focus. */}
        {drawn.map((movie, place) => (
          <li key={place} className={styles.place}>
            <PickCard
              movie={movie}
              picked={false}
              onToggle={() => recordAnswer(() => tasteStore.pick(movie))}
            />
            <button
              type="button"
              className={styles.notSeen}
              onClick={() => recordAnswer(() => tasteStore.markNotSeen(movie.movieId))}
            >
              Haven’t seen<span className="visually-hidden"> {movie.title}</span>
            </button>
          </li>
        ))}
      </ul>
      {drawn.length === 0 && <p>There are no more suggestions. Use search to find any other film.</p>}
    </>
  );
}
