import type { PersonalExport, PersonalKind } from '@pocketrocket/formats';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button, StatTiles } from '../../components/index.ts';
import { exportWords } from './exportWords.ts';
import { ratingsToImport, type FoundMovie, type OwnFilm } from './films.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { Settle } from './Settle.tsx';
import styles from './OwnRatings.module.css';

const KINDS: Readonly<Record<PersonalKind, MessageDescriptor>> = {
  rating: msg`Rated`,
  watched: msg`Watched`,
  like: msg`Liked`,
  watchlist: msg`On the watchlist`,
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
  const { i18n } = useLingui();
  const { formatCount } = useFormats();
  const [withHearts, setWithHearts] = useState(false);
  const hearts = films.filter(({ row }) => row.kind === 'like').length;
  const ratings = ratingsToImport(films, withHearts);
  const counts = (Object.keys(KINDS) as PersonalKind[]).map((kind) => ({
    label: i18n._(KINDS[kind]),
    value: formatCount(own.rows.filter((row) => row.kind === kind).length),
  }));
  const rated = films.filter(({ row }) => row.kind === 'rating');
  const found = rated.filter(({ movie }) => movie).length;
  return (
    <>
      <section className={styles.part} aria-labelledby="found">
        <h2 id="found">
          <Trans>Your export of {exportWords(i18n, own.service)}</Trans>
        </h2>
        <StatTiles stats={counts} />
        <p role="status">
          <Plural
            value={rated.length}
            one={`${formatCount(found)} of # rated film was found here.`}
            other={`${formatCount(found)} of # rated films were found here.`}
          />{' '}
          <Trans>Ratings are taken over; what was only watched or listed is not.</Trans>
        </p>
        {own.leftOut.size > 0 && (
          <ul className={styles.hints}>
            {[...own.leftOut].map(([reason, times]) => (
              <li key={reason}>
                <Trans>
                  Left out: {formatCount(times)} × {exportWords(i18n, reason)}
                </Trans>
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
            <Plural
              value={hearts}
              one="Take one liked film without a rating as five stars"
              other="Take # liked films without a rating as five stars"
            />
          </label>
        )}
      </section>
      <Settle films={films} withHearts={withHearts} onChoose={onChoose} />
      <p className={styles.actions}>
        <Button variant="primary" disabled={ratings.length === 0} onClick={() => onSave(withHearts)}>
          <Plural value={ratings.length} one="Take over one rating" other="Take over # ratings" />
        </Button>
        <Button onClick={onStartOver}>
          <Trans>Choose another file</Trans>
        </Button>
      </p>
      {!signedIn && (
        <p>
          <Trans>
            You are not signed in: they stay in this browser, and your recommendations are made from them.
          </Trans>
        </p>
      )}
    </>
  );
}
