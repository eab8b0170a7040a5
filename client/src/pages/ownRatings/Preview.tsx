import type { PersonalExport, PersonalKind } from '@pocketrocket/formats';
import { useState } from 'react';
import { Button, StatTiles } from '../../components/index.ts';
import { ratingsToImport, type FoundMovie, type OwnFilm } from './films.ts';
import { Settle } from './Settle.tsx';
import styles from './OwnRatings.module.css';

const KINDS: Readonly<Record<PersonalKind, string>> = {
  rating: 'Rated',
  watched: 'Watched',
  like: 'Liked',
  watchlist: 'On the watchlist',
};

interface PreviewProps {
  own: PersonalExport;
  films: readonly OwnFilm[];
  /** True where the ratings go into an account. */
  signedIn: boolean;
  onChoose: (place: number, movie: FoundMovie | null) => void;
  onSave: (withHearts: boolean) => void;
  onStartOver: () => void;
}

/** Shows what the export holds and what of it was found here, and the films that the visitor has to settle. */
export function Preview({ own, films, signedIn, onChoose, onSave, onStartOver }: PreviewProps) {
  const [withHearts, setWithHearts] = useState(false);
  const hearts = films.filter(({ row }) => row.kind === 'like').length;
  const ratings = ratingsToImport(films, withHearts);
  const counts = (Object.keys(KINDS) as PersonalKind[]).map((kind) => ({
    label: KINDS[kind],
    value: String(own.rows.filter((row) => row.kind === kind).length),
  }));
  const rated = films.filter(({ row }) => row.kind === 'rating');
  const found = rated.filter(({ movie }) => movie).length;
  return (
    <>
      <section className={styles.part} aria-labelledby="found">
        <h2 id="found">Your export of {own.service}</h2>
        <StatTiles stats={counts} />
        <p role="status">
          {found} of {rated.length} rated films {rated.length === 1 ? 'was' : 'were'} found here. Ratings are
          taken over; what was only watched or listed is not.
        </p>
        {own.leftOut.size > 0 && (
          <ul className={styles.hints}>
            {[...own.leftOut].map(([reason, times]) => (
              <li key={reason}>
                Left out: {times} × {reason}
              </li>
            ))}
          </ul>
        )}
        {hearts > 0 && (
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={withHearts}
              onChange={(event) => setWithHearts(event.currentTarget.checked)}
            />
            Take {hearts === 1 ? 'one liked film' : `${hearts} liked films`} without a rating as five stars
          </label>
        )}
      </section>
      <Settle films={films} withHearts={withHearts} onChoose={onChoose} />
      <p className={styles.actions}>
        <Button variant="primary" disabled={ratings.length === 0} onClick={() => onSave(withHearts)}>
          {ratings.length === 1 ? 'Take over one rating' : `Take over ${ratings.length} ratings`}
        </Button>
        <Button onClick={onStartOver}>Choose another file</Button>
      </p>
      {!signedIn && (
        <p>You are not signed in: they stay in this browser, and your recommendations are made from them.</p>
      )}
    </>
  );
}
