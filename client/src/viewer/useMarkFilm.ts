import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { outlivingPage } from '../api/apollo.ts';
import { isUnreachable } from '../api/errors.ts';
import { setHidden, showToast } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { tellOtherWindows } from '../live/otherWindows.ts';
import { refreshSoon } from '../live/refreshLists.ts';
import { marks, type MarkOutcome } from '../session/marks.ts';
import { useSession } from '../session/session.ts';

const DismissMovie = graphql(/* GraphQL */ `
  mutation DismissMovie($movieId: Int!) {
    dismissMovie(movieId: $movieId) {
      movie {
        movieId
        isDismissed
      }
    }
  }
`);

const RestoreMovie = graphql(/* GraphQL */ `
  mutation RestoreMovie($movieId: Int!) {
    restoreMovie(movieId: $movieId) {
      movie {
        movieId
        isDismissed
      }
    }
  }
`);

const AddToWatchlist = graphql(/* GraphQL */ `
  mutation AddToWatchlist($movieId: Int!) {
    addToWatchlist(movieId: $movieId) {
      movie {
        movieId
        isOnWatchlist
      }
    }
  }
`);

const RemoveFromWatchlist = graphql(/* GraphQL */ `
  mutation RemoveFromWatchlist($movieId: Int!) {
    removeFromWatchlist(movieId: $movieId) {
      movie {
        movieId
        isOnWatchlist
      }
    }
  }
`);

interface Film {
  movieId: number;
  title: string;
}

interface FilmMarks {
  /** Takes a film out of every list, or lets it come back. */
  setDismissed: (film: Film, isDismissed: boolean) => Promise<void>;
  /** Puts a film on the watchlist, or takes it off. */
  setOnWatchlist: (film: Film, isOnWatchlist: boolean) => Promise<void>;
}

/** Marks films: at once for the eye, with a way back, and back where it fails, which is said. */
export function useMarkFilm(): FilmMarks {
  const client = useApolloClient();
  const { session } = useSession();
  const { t } = useLingui();

  const failed = (error: unknown) =>
    showToast({
      text: isUnreachable(error)
        ? t`The server cannot be reached, so nothing was changed. Try again when you are back online.`
        : t`That did not work. Try again in a moment.`,
      isProblem: true,
    });

  const send = async (mutation: TypedDocumentNode<unknown, { movieId: number }>, movieId: number) => {
    await client.mutate({ mutation, variables: { movieId }, context: outlivingPage });
  };
  const settle = (outcome: MarkOutcome, closeToast: () => void) => {
    if (outcome.kind === 'saved' && session) {
      refreshSoon(client, session.userId);
      tellOtherWindows(session.userId);
    }
    if (outcome.kind !== 'failed') return;
    closeToast();
    failed(outcome.error);
  };

  const actions: FilmMarks = {
    async setDismissed(film, isDismissed) {
      if (!session) return;
      const { movieId, title } = film;
      setHidden([movieId], isDismissed);
      const closeToast = showToast({
        text: isDismissed ? t`${title} will not be suggested any more.` : t`${title} may be suggested again.`,
        undo: () => void actions.setDismissed(film, !isDismissed),
      });
      const outcome = await marks.save(movieId, {
        kind: 'dismissal',
        title,
        marks: { isDismissed },
        send: () => send(isDismissed ? DismissMovie : RestoreMovie, movieId),
      });
      settle(outcome, closeToast);
      if (outcome.kind === 'failed') setHidden([movieId], marks.get(movieId)?.isDismissed ?? false);
    },
    async setOnWatchlist(film, isOnWatchlist) {
      if (!session) return;
      const { movieId, title } = film;
      const closeToast = showToast({
        text: isOnWatchlist ? t`${title} is on your watchlist.` : t`${title} is off your watchlist.`,
        undo: () => void actions.setOnWatchlist(film, !isOnWatchlist),
      });
      const outcome = await marks.save(movieId, {
        kind: 'watchlist',
        title,
        marks: { isOnWatchlist },
        send: () => send(isOnWatchlist ? AddToWatchlist : RemoveFromWatchlist, movieId),
      });
      settle(outcome, closeToast);
    },
  };
  return actions;
}
