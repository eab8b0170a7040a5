import type { ResultOf } from '@graphql-typed-document-node/core';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { Poster } from '../../posters/Poster.tsx';
import { formatMean } from '../text/format.ts';
import styles from './MovieCard.module.css';
import { moviePath } from '../../routing/paths.ts';
import { ReasonLine, type Reason, type ReasonSubject } from './Reasons.tsx';

/** With the rating count, so that a film's own page can show its main facts from a card at once. */
export const MovieCardFragment = graphql(/* GraphQL */ `
  fragment MovieCard on Movie {
    movieId
    title
    releaseYear
    genres {
      name
    }
    posterUrl
    averageRating
    ratingCount
  }
`);

export const RecommendedFragment = graphql(/* GraphQL */ `
  fragment Recommended on Recommendation {
    rank
    score
    movie {
      ...MovieCard
    }
    reasons {
      ...Reason
    }
  }
`);

export type MovieSummary = ResultOf<typeof MovieCardFragment>;

/** One place in a row or a grid: a film with the one line that says why it stands there. */
export interface MovieItem {
  movie: MovieSummary;
  /** Strongest first. */
  reasons?: readonly Reason[];
  /** Takes the reason's line where there is none, such as "Popular with everyone". */
  note?: string;
}

export interface MovieCardProps extends MovieItem {
  subject?: ReasonSubject;
  /** Averages stay hidden while someone is asked for their own opinion. */
  showRating?: boolean;
  /** Draws the poster at once instead of near the viewport: for what the first screen shows. */
  eager?: boolean;
  /** Set by rows, where one card at a time is in the tab order. */
  tabIndex?: 0 | -1;
}

/** A film as a link: poster, title, year, average rating and the one line that says why it is here. */
export function MovieCard(props: MovieCardProps) {
  const { movie, reasons = [], note, subject, showRating = true, eager, tabIndex } = props;
  return (
    <article className={styles.card}>
      <Link className={styles.link} to={moviePath(movie.movieId)} tabIndex={tabIndex} data-card-link>
        <span className={styles.poster}>
          <Poster
            title={movie.title}
            year={movie.releaseYear}
            genres={movie.genres.map(({ name }) => name)}
            posterUrl={movie.posterUrl}
            eager={eager}
            decorative
          />
        </span>
        <span className={styles.title}>{movie.title}</span>
      </Link>
      <CardFacts movie={movie} showRating={showRating} />
      {reasons.length > 0 ? (
        <ReasonLine reasons={reasons} subject={subject} title={movie.title} tabIndex={tabIndex} compact />
      ) : (
        note && <p>{note}</p>
      )}
    </article>
  );
}

function CardFacts({ movie, showRating }: Required<Pick<MovieCardProps, 'movie' | 'showRating'>>) {
  const rating = showRating ? movie.averageRating : null;
  const isNew = showRating && movie.averageRating === null;
  if (!movie.releaseYear && rating === null && !isNew) return null;
  return (
    <p className={styles.facts}>
      {movie.releaseYear ? <span>{movie.releaseYear}</span> : null}
      {isNew && <span>new, not rated yet</span>}
      {rating !== null && (
        <span className={styles.rating}>
          <span aria-hidden="true">★ </span>
          {formatMean(rating)}
          <span className="visually-hidden"> out of 5 stars</span>
        </span>
      )}
    </p>
  );
}
