import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Link } from 'react-router';
import { Button, Poster, RatingInput, RatingStars } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { moviePath } from '../../routing/paths.ts';
import { useFormats } from '../../texts/useFormats.ts';
import styles from './MyRatings.module.css';
import { useOwnRating } from './useOwnRating.ts';

export const OwnRatingFragment = graphql(/* GraphQL */ `
  fragment OwnRating on Rating {
    rating
    ratedAt
    movie {
      ...MovieCard
    }
  }
`);

interface RatingRowProps {
  rating: ResultOf<typeof OwnRatingFragment>;
}

/** A film with the visitor's stars, which a click makes ones to choose from. */
export function RatingRow({ rating: { rating, ratedAt, movie } }: RatingRowProps) {
  const { t } = useLingui();
  const { formatDay } = useFormats();
  const { value, change, takeBack } = useOwnRating(movie, rating);
  const [isOpen, setOpen] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  if (value === null) return null;
  const { title, releaseYear } = movie;
  const open = () => {
    // The button goes: the keyboard is at the stars that take its place, before the next key.
    flushSync(() => setOpen(true));
    row.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  };
  const leave = () => {
    focusNeighbour(row.current);
    takeBack();
  };
  return (
    <li ref={row} className={styles.row}>
      <Link className={styles.film} to={moviePath(movie.movieId)}>
        <span className={styles.poster}>
          <Poster
            title={title}
            year={releaseYear}
            genres={movie.genres.map(({ name }) => name)}
            posterUrl={movie.posterUrl}
            decorative
          />
        </span>
        <span className={styles.words}>
          <span className={styles.title}>{title}</span>
          {releaseYear ? <span className={styles.soft}>{releaseYear}</span> : null}
        </span>
      </Link>
      <div className={styles.stars}>
        {isOpen ? (
          <RatingInput legend={t`Your rating of ${title}`} hideLegend value={value} onChange={change} />
        ) : (
          <button type="button" className={styles.open} onClick={open}>
            <RatingStars value={value} />
            <span className="visually-hidden">
              <Trans>Change your rating of {title}</Trans>
            </span>
          </button>
        )}
      </div>
      <span className={styles.day}>{ratedAt === null ? null : formatDay(ratedAt)}</span>
      <Button className={styles.back} onClick={leave}>
        <Trans>
          Take back<span className="visually-hidden"> your rating of {title}</span>
        </Trans>
      </Button>
    </li>
  );
}

/** The row goes: the keyboard stays in the list. */
function focusNeighbour(row: HTMLElement | null): void {
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  neighbour?.querySelector<HTMLElement>(`.${styles.back}`)?.focus();
}
