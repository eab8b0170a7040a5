import { msg, plural } from '@lingui/core/macro';
import { useFragment, useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from 'react-router';
import { GridSkeleton, PageHeading, QueryError, SectionBoundary } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pathNumber } from '../../routing/addressState.ts';
import { pageQuery, type HeadContext, type PageAddress, type PageHead } from '../../routing/pageQuery.ts';
import { formatsOf } from '../../texts/formats.ts';
import { genreWordsOf } from '../../texts/genres.ts';
import { Details } from './Details.tsx';
import { Facts } from './Facts.tsx';
import { Fans } from './Fans.tsx';
import { NoSuchFilm } from './NoSuchFilm.tsx';
import { Similar, similarQuery } from './Similar.tsx';
import { Tags } from './Tags.tsx';
import styles from './Movie.module.css';
import pages from '../layout/pages.module.css';

/** The facts that a card which led here has left in the cache. */
const CachedCardFragment = graphql(/* GraphQL */ `
  fragment CachedCard on Movie {
    ...MovieCard
  }
`);

const MovieQuery = graphql(/* GraphQL */ `
  query MoviePage($movieId: Int!) {
    movie(movieId: $movieId) {
      ...MovieCard
      ...MovieFacts
      tags(first: 16) {
        ...MovieTagLink
      }
      fans(first: 6) {
        ...Fan
      }
    }
  }
`);

const movieQuery = (movieId: number) => pageQuery(MovieQuery, { movieId });

export function queries({ params }: PageAddress) {
  const movieId = pathNumber(params['movieId']);
  return movieId === null ? [] : [movieQuery(movieId), similarQuery(movieId)];
}

export function head({ params, read, i18n }: HeadContext): PageHead {
  const movieId = pathNumber(params['movieId']);
  const movie = movieId === null ? null : read(movieQuery(movieId))?.movie;
  if (!movie) return { exists: false };
  const genres = genreWordsOf(i18n).genreNames(movie.genres.map(({ name }) => name));
  const { averageRating, weightedRating, ratingCount } = movie;
  const mean = averageRating === null ? null : formatsOf(i18n.locale).formatMean(weightedRating);
  return {
    type: 'video.movie',
    description:
      mean === null
        ? genres
        : i18n._(
            msg`${genres}. Rated ${mean} of 5 by ${plural(ratingCount, { one: '# person', other: '# people' })}.`,
          ),
  };
}

/** Shows a film with its facts, who made it, its tags, its fans and similar films. */
export default function Movie() {
  const movieId = pathNumber(useParams()['movieId']);
  return movieId === null ? <NoSuchFilm /> : <MovieDetails key={movieId} movieId={movieId} />;
}

function MovieDetails({ movieId }: { movieId: number }) {
  const { t } = useLingui();
  const { data, error, loading, refetch } = useQuery(...movieQuery(movieId));
  // A card that led here has left the main facts: they show while the rest is on its way.
  const known = useFragment({
    fragment: CachedCardFragment,
    fragmentName: 'CachedCard',
    from: { __typename: 'Movie', movieId },
  });
  const movie = data?.movie;
  const card = movie ?? (known.complete ? known.data : undefined);
  if (data && !movie && !error) return <NoSuchFilm />;
  if (!card) {
    if (loading) return <MovieLoading />;
    return (
      <>
        <PageHeading title={t`Film`} />
        <QueryError error={error} onRetry={() => refetch()} title={t`The film did not load`} />
      </>
    );
  }
  return (
    <div className={pages.page}>
      <Details movieId={movieId} hasDetails={movie?.hasDetails ?? false}>
        {(details) => <Facts card={card} facts={movie ?? undefined} details={details} />}
      </Details>
      {movie ? (
        <>
          <Tags tags={movie.tags ?? []} />
          <SectionBoundary title={t`Similar films did not load`}>
            <Similar movieId={movieId} />
          </SectionBoundary>
          <Fans fans={movie.fans} error={error} onRetry={() => refetch()} />
        </>
      ) : (
        !loading && (
          <QueryError error={error} onRetry={() => refetch()} title={t`The film’s details did not load`} />
        )
      )}
    </div>
  );
}

function MovieLoading() {
  return (
    <div className={pages.page}>
      <div className={styles.film}>
        <span className={styles.posterPlace} />
        <p className="visually-hidden" role="status">
          <Trans>Loading…</Trans>
        </p>
      </div>
      <GridSkeleton count={6} />
    </div>
  );
}
