import { useMutation, useQuery } from '@apollo/client/react';
import type { ApolloCache } from '@apollo/client';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { Button, ErrorState, RatingInput } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { PATHS } from '../routing/paths.ts';
import styles from './ViewerRating.module.css';
import { useSession } from './session.ts';

const ViewerRatingQuery = graphql(/* GraphQL */ `
  query ViewerRating($movieId: Int!) {
    movie(movieId: $movieId) {
      movieId
      viewerRating
    }
  }
`);

/** The fields of a movie that a rating changes. */
export const RatedMovieFragment = graphql(/* GraphQL */ `
  fragment RatedMovie on Movie {
    movieId
    viewerRating
    ratingCount
    averageRating
    ratingHistogram {
      ...RatingHistogram
    }
  }
`);

/** The fields of a user that a rating changes. */
export const RatingUserFragment = graphql(/* GraphQL */ `
  fragment RatingUser on User {
    userId
    ratingCount
    averageRating
  }
`);

const RateMovie = graphql(/* GraphQL */ `
  mutation RateMovie($input: RateMovieInput!) {
    rateMovie(input: $input) {
      movie {
        ...RatedMovie
      }
      user {
        ...RatingUser
      }
    }
  }
`);

const UnrateMovie = graphql(/* GraphQL */ `
  mutation UnrateMovie($input: UnrateMovieInput!) {
    unrateMovie(input: $input) {
      movie {
        ...RatedMovie
      }
      user {
        ...RatingUser
      }
    }
  }
`);

interface ViewerRatingProps {
  movieId: number;
  title: string;
}

/** The signed-in visitor's own stars for a film, or the way to sign in. */
export function ViewerRating(props: ViewerRatingProps) {
  const { session } = useSession();
  return session ? (
    <OwnStars key={session.userId} {...props} userId={session.userId} />
  ) : (
    <p className={styles.invitation}>
      <Link to={PATHS.signIn}>Sign in</Link> to rate this film.
    </p>
  );
}

function OwnStars({ movieId, title, userId }: ViewerRatingProps & { userId: number }) {
  const { data, loading, error, refetch } = useQuery(ViewerRatingQuery, { variables: { movieId } });
  const [rate] = useMutation(RateMovie);
  const [unrate] = useMutation(UnrateMovie);
  /** The rating that is being saved; undefined when none is. */
  const [chosen, setChosen] = useState<number | null>();
  const [failure, setFailure] = useState<string>();
  // One after the other, so that the last choice is the one that stays.
  const queue = useRef(Promise.resolve());
  const latest = useRef(0);

  if (loading && !data) return <p className={styles.invitation}>Loading your rating…</p>;
  if (!data?.movie)
    return (
      <ErrorState title="Your rating did not load" message={error?.message} onRetry={() => void refetch()} />
    );
  const value = chosen === undefined ? data.movie.viewerRating : chosen;

  const saveRating = (rating: number | null) => {
    const attempt = ++latest.current;
    setChosen(rating);
    setFailure(undefined);
    queue.current = queue.current.then(async () => {
      // A newer choice takes its place.
      if (attempt !== latest.current) return;
      const update = (cache: ApolloCache) => evictLists(cache, userId);
      try {
        if (rating === null) await unrate({ variables: { input: { movieId } }, update });
        else await rate({ variables: { input: { movieId, rating } }, update });
      } catch (reason) {
        if (attempt === latest.current) setFailure(reason instanceof Error ? reason.message : String(reason));
      }
      if (attempt === latest.current) setChosen(undefined);
    });
  };

  return (
    <div className={styles.rating}>
      <RatingInput legend={`Your rating of ${title}`} value={value} onChange={saveRating} />
      {value !== null && <Button onClick={() => saveRating(null)}>Remove my rating</Button>}
      <p role="status" className="visually-hidden">
        {value === null ? 'Not rated' : `You rated it ${value} out of 5 stars`}
      </p>
      {failure !== undefined && <ErrorState title="Your rating was not saved" message={failure} />}
    </div>
  );
}

/** Evicts the user's lists and statistics, which a rating changes, so that they are fetched again when next shown. */
function evictLists(cache: ApolloCache, userId: number): void {
  const id = cache.identify({ __typename: 'User', userId });
  for (const fieldName of [
    'recommendations',
    'ratings',
    'genreProfile',
    'favouriteGenre',
    'highestRating',
    'lowestRating',
  ])
    cache.evict({ id, fieldName });
}
