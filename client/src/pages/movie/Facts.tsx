import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  Button,
  GenreChips,
  PageHeading,
  Poster,
  RatingHistogram,
  RatingStars,
  type MovieSummary,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { useSession } from '../../session/session.ts';
import { ViewerRating } from '../../session/ViewerRating.tsx';
import { tasteStore, useTaste } from '../../taste/taste.ts';
import { useFormats } from '../../texts/useFormats.ts';
import type { DetailsState } from './Details.tsx';
import { Elsewhere } from './Elsewhere.tsx';
import { Runtime } from './Runtime.tsx';
import { Synopsis } from './Synopsis.tsx';
import styles from './Movie.module.css';

export const MovieFactsFragment = graphql(/* GraphQL */ `
  fragment MovieFacts on Movie {
    hasDetails
    imdbUrl
    tmdbUrl
    overview
    ratingHistogram {
      ...RatingHistogram
    }
  }
`);

interface FactsProps {
  card: MovieSummary;
  /** Undefined until the page's own answer has arrived. */
  facts: ResultOf<typeof MovieFactsFragment> | undefined;
  details: DetailsState;
}

/** The top of a film's page: poster, what the film is, and what people give it. */
export function Facts({ card, facts, details }: FactsProps) {
  const { t } = useLingui();
  const { formatMean } = useFormats();
  const { title, releaseYear, genres, posterUrl, averageRating, weightedRating, ratingCount } = card;
  return (
    <article className={styles.film}>
      <div className={styles.poster}>
        <Poster
          title={title}
          year={releaseYear}
          genres={genres.map(({ name }) => name)}
          posterUrl={posterUrl}
          eager
          decorative
        />
      </div>
      <div className={styles.words}>
        <PageHeading title={releaseYear ? `${title} (${releaseYear})` : title}>{title}</PageHeading>
        <p className={styles.facts}>
          {releaseYear && <span>{releaseYear}</span>}
          <Runtime minutes={details.details?.runtimeMinutes ?? null} />
        </p>
        <GenreChips genres={genres} label={t`Genres`} />
        <Synopsis state={details} overview={facts?.overview ?? null} />
        {facts && <Elsewhere title={title} imdbUrl={facts.imdbUrl} tmdbUrl={facts.tmdbUrl} />}
      </div>
      <div className={styles.ratings}>
        <RatingStars value={averageRating === null ? null : weightedRating} ratingCount={ratingCount} />
        <ViewerRating movieId={card.movieId} title={title} />
        <LikeButton movie={card} />
        {facts && (
          <div className={styles.histogram}>
            <h2>{t`Ratings`}</h2>
            <RatingHistogram buckets={facts.ratingHistogram} />
            {averageRating !== null && (
              <p className={styles.plainMean}>
                <Trans>
                  Their plain mean is {formatMean(averageRating)}. Everyone’s rating stays nearer the average
                  while ratings are few.
                </Trans>
              </p>
            )}
          </div>
        )}
      </div>
    </article>
  );
}

function LikeButton({ movie }: { movie: MovieSummary }) {
  const { t } = useLingui();
  const { session } = useSession();
  const { picks } = useTaste();
  // An account's taste is its ratings, whose stars stand above.
  if (session) return null;
  const picked = picks.some(({ movieId }) => movieId === movie.movieId);
  return (
    <Button
      variant={picked ? 'quiet' : 'primary'}
      aria-pressed={picked}
      onClick={() => (picked ? tasteStore.unpick(movie.movieId) : tasteStore.pick(movie))}
    >
      {picked ? t`In your picks` : t`I like this film`}
    </Button>
  );
}
