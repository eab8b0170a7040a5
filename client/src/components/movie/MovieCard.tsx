import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ResultOf } from '@graphql-typed-document-node/core';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { Poster } from '../../posters/Poster.tsx';
import { useFormats } from '../../texts/useFormats.ts';
import { useCardControls } from './cardExtras.ts';
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
    weightedRating
    ratingCount
  }
`);

export const RecommendedFragment = graphql(/* GraphQL */ `
  fragment Recommended on Recommendation {
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

interface MovieCardProps extends MovieItem {
  subject?: ReasonSubject;
  /** Averages stay hidden while someone is asked for their own opinion. */
  showRating?: boolean;
  /** Draws the poster at once instead of near the viewport: for what the first screen shows. */
  eager?: boolean;
  /** Set by rows, where one card at a time is in the tab order. */
  tabIndex?: 0 | -1;
}

/**
 * A film as a link: poster, title, year, everyone's rating and the one line that says why it is here; with the controls to rate, save and
 * hide it once they have come.
 */
export function MovieCard(props: MovieCardProps) {
  const { movie, reasons = [], note, subject, showRating = true, eager, tabIndex } = props;
  const renderControls = useCardControls();
  return (
    <article className={styles.card} data-film={movie.movieId} data-title={movie.title}>
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
      {renderControls?.({ movie, tabIndex })}
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
  const { releaseYear, averageRating } = movie;
  if (!releaseYear && !showRating) return null;
  return (
    <p className={styles.facts}>
      {releaseYear ? <span>{releaseYear}</span> : null}
      {showRating &&
        (averageRating === null ? (
          <span>
            <Trans>new, not rated yet</Trans>
          </span>
        ) : (
          <EveryonesRating {...movie} />
        ))}
    </p>
  );
}

/** The mean that orders lists, damped where few have rated, with their number: a star stands for nothing else on a card. */
function EveryonesRating({
  weightedRating,
  ratingCount,
}: Pick<MovieSummary, 'weightedRating' | 'ratingCount'>) {
  const { t } = useLingui();
  const { formatMean, formatShort } = useFormats();
  return (
    <span className={styles.rating} title={t`Everyone’s rating; of few ratings it stays near the average`}>
      <span aria-hidden="true">★ </span>
      {formatMean(weightedRating)}
      <span className="visually-hidden">
        {' '}
        <Trans>out of 5 stars,</Trans> <Plural value={ratingCount} one="# rating" other="# ratings" />
      </span>
      <span className={styles.count} aria-hidden="true">
        ({formatShort(ratingCount)})
      </span>
    </span>
  );
}
