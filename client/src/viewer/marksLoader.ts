import { CombinedGraphQLErrors, type ApolloClient } from '@apollo/client';
import { reachability } from '../api/reachability.ts';
import { setHidden } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { UNMARKED, type MarksStore } from '../session/marks.ts';
import { pendingRatings } from '../session/pendingRatings.ts';
import { withPending } from '../session/useRateFilm.ts';

const CardMarks = graphql(/* GraphQL */ `
  query CardMarks($movieIds: [Int!]!) {
    moviesByIds(movieIds: $movieIds) {
      movieId
      viewerRating
      viewerPrediction
      isDismissed
      isOnWatchlist
    }
  }
`);

const Dismissed = graphql(/* GraphQL */ `
  query Dismissed {
    viewer {
      userId
      ratingsRevision
      dismissedMovies(first: 100) {
        edges {
          node {
            movieId
          }
        }
      }
    }
  }
`);

/** The fields that failed in an answer of which the rest arrived. */
const failedFieldsOf = (error: unknown): ReadonlySet<unknown> =>
  new Set(CombinedGraphQLErrors.is(error) ? error.errors.map(({ path }) => path?.at(-1)) : []);

/** Cards appear together: what comes within this time is one question. */
const GATHER_MS = 40;
const MOST_AT_ONCE = 100;

export interface MarksLoader {
  /** Asks again for the films on the page. */
  reload: () => void;
  stop: () => void;
}

/** Asks for the marks of the films on the page, many at once, each film once. */
export function startMarksLoader(client: ApolloClient, marks: MarksStore, userId: number): MarksLoader {
  const asked = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopWaiting: (() => void) | undefined;
  let stopped = false;
  let numUnderWay = 0;

  let knowsDismissed = false;
  const gather = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!knowsDismissed) void askForDismissed();
      askForNew();
    }, GATHER_MS);
  };
  const askForNew = () => {
    const movieIds = marks.wanted().filter((movieId) => !asked.has(movieId));
    for (let start = 0; start < movieIds.length; start += MOST_AT_ONCE)
      void ask(movieIds.slice(start, start + MOST_AT_ONCE));
  };
  async function ask(movieIds: number[]): Promise<void> {
    for (const movieId of movieIds) asked.add(movieId);
    const then = marks.now();
    numUnderWay++;
    try {
      const { data, error } = await client.query({
        query: CardMarks,
        variables: { movieIds },
        fetchPolicy: 'network-only',
      });
      if (stopped) return;
      // What did arrive of an answer counts; nothing at all is a failure, which `query` does not throw.
      if (!data) throw new Error('an answer without marks', { cause: error });
      const found = data.moviesByIds.filter((movie) => movie !== null);
      const failed = failedFieldsOf(error);
      marks.put(
        found.map((movie) => {
          // Of what failed nothing is known: what was known stays.
          const known = marks.get(movie.movieId);
          const rating = failed.has('viewerRating')
            ? (known?.rating ?? null)
            : withPending(userId, movie.movieId, movie.viewerRating);
          return [
            movie.movieId,
            {
              rating,
              isDismissed: movie.isDismissed ?? known?.isDismissed ?? false,
              isOnWatchlist: movie.isOnWatchlist ?? known?.isOnWatchlist ?? false,
              prediction: failed.has('viewerPrediction')
                ? (known?.prediction ?? null)
                : movie.viewerPrediction,
            },
          ];
        }),
        then,
      );
      for (const { movieId } of found) setHidden([movieId], marks.get(movieId)?.isDismissed ?? false);
    } catch {
      if (stopped) return;
      for (const movieId of movieIds) asked.delete(movieId);
      // What waits here to be sent needs no answer to be shown.
      marks.put(
        movieIds.flatMap((movieId) => {
          const waiting = pendingRatings.ofFilm(userId, movieId);
          const known = marks.get(movieId) ?? UNMARKED;
          return waiting ? [[movieId, { ...known, rating: waiting.rating }] as const] : [];
        }),
        then,
      );
      // The cards do without; where somebody gets an answer again, they ask again.
      stopWaiting ??= reachability.wait(() => {
        // The answers to those asked beside it are no sign.
        if (numUnderWay > 0) return;
        stopWaiting?.();
        stopWaiting = undefined;
        askForNew();
      });
    } finally {
      numUnderWay--;
    }
  }

  async function askForDismissed(): Promise<void> {
    knowsDismissed = true;
    try {
      const { data } = await client.query({
        query: Dismissed,
        fetchPolicy: 'network-only',
        errorPolicy: 'none',
      });
      const edges = data?.viewer?.dismissedMovies?.edges ?? [];
      if (!stopped)
        setHidden(
          edges.map(({ node }) => node.movieId),
          true,
        );
    } catch {
      // Each card asks for itself, too.
      knowsDismissed = false;
    }
  }

  const stopWant = marks.onWant(gather);
  gather();
  return {
    reload() {
      asked.clear();
      gather();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      stopWaiting?.();
      stopWant();
    },
  };
}
