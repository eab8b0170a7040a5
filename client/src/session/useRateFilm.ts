import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { outlivingPage } from '../api/apollo.ts';
import { isUnreachable } from '../api/errors.ts';
import { showToast } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { refreshSoon } from '../live/refreshLists.ts';
import { marks } from './marks.ts';
import { pendingRatings } from './pendingRatings.ts';
import { sessionStore, useSession } from './session.ts';

/** The fields of a movie that a rating changes. */
export const RatedMovieFragment = graphql(/* GraphQL */ `
  fragment RatedMovie on Movie {
    movieId
    viewerRating
    ratingCount
    averageRating
    weightedRating
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

/** A rating to store, or to take back where it is null; with the time at which it was given, where that was not just now. */
interface RatingToSend {
  movieId: number;
  rating: number | null;
  ratedAt?: string;
}

/** Sends a rating; returns the one that stands then. @throws what the API or the network says */
export async function sendRating(
  client: ApolloClient,
  { movieId, rating, ratedAt }: RatingToSend,
): Promise<number | null> {
  if (rating === null) {
    const { data } = await client.mutate({
      mutation: UnrateMovie,
      variables: { input: { movieId, ratedAt } },
      context: outlivingPage,
    });
    return data?.unrateMovie.movie.viewerRating ?? null;
  }
  const { data } = await client.mutate({
    mutation: RateMovie,
    variables: { input: { movieId, rating, ratedAt } },
    context: outlivingPage,
  });
  return data?.rateMovie.movie.viewerRating ?? null;
}

interface Film {
  movieId: number;
  title: string;
}

export type RatingOutcome = 'saved' | 'kept' | 'failed' | 'replaced';

/**
 * Rates films, or takes ratings back: at once for the eye, and back where it fails, which is said. What cannot be sent is kept and sent
 * later, with its own time.
 */
export function useRateFilm(): (film: Film, rating: number | null) => Promise<RatingOutcome> {
  const client = useApolloClient();
  const { session } = useSession();
  const { t } = useLingui();
  return async ({ movieId, title }, rating) => {
    if (!session) return 'failed';
    const { userId } = session;
    const ratedAt = new Date().toISOString();
    const waiting = pendingRatings.ofFilm(userId, movieId);
    // This one is newer; sent later, that one would replace it.
    if (waiting) pendingRatings.remove(userId, waiting);
    const outcome = await marks.save(movieId, {
      kind: 'rating',
      title,
      marks: { rating, ...(rating !== null && { isOnWatchlist: false }) },
      send: async () => ({ rating: await sendRating(client, { movieId, rating }) }),
      keeps: isUnreachable,
    });
    if (outcome.kind === 'saved') refreshSoon(client, userId);
    if (outcome.kind !== 'failed') return outcome.kind;
    // The same may work later.
    const isOwners = mayGoOn(userId);
    if (isOwners && isUnreachable(outcome.error)) {
      pendingRatings.add(userId, { movieId, title, rating, ratedAt });
      showToast({
        text: navigator.onLine
          ? t`The server cannot be reached. Your rating of ${title} is kept here and sent later.`
          : t`You are offline. Your rating of ${title} is kept here and sent when you are back.`,
      });
      return 'kept';
    }
    if (isOwners && waiting) pendingRatings.add(userId, waiting);
    showToast({ text: t`Your rating of ${title} was not saved. Try again in a moment.`, isProblem: true });
    return 'failed';
  };
}

/** True while nobody else is signed in, and the user has not signed out: a session that has expired may go on. */
function mayGoOn(userId: number): boolean {
  const { session, expired } = sessionStore.get();
  return session ? session.userId === userId : expired;
}

/** Puts ratings that are not sent yet over what the API says. */
export function withPending(userId: number, movieId: number, rating: number | null): number | null {
  const waiting = pendingRatings.ofFilm(userId, movieId);
  return waiting ? waiting.rating : rating;
}
