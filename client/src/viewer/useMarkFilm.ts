import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { isUnreachable } from '../api/errors.ts';
import { setHidden, showToast } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { refreshSoon } from '../live/refreshLists.ts';
import { marks } from '../session/marks.ts';
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

  const actions: FilmMarks = {
    async setDismissed(film, isDismissed) {
      if (!session) return;
      const { movieId, title } = film;
      const undo = marks.change(movieId, { isDismissed });
      setHidden([movieId], isDismissed);
      const closeToast = showToast({
        text: isDismissed ? t`${title} will not be suggested any more.` : t`${title} may be suggested again.`,
        undo: () => void actions.setDismissed(film, !isDismissed),
      });
      try {
        await marks.during<unknown>(
          movieId,
          isDismissed
            ? client.mutate({ mutation: DismissMovie, variables: { movieId } })
            : client.mutate({ mutation: RestoreMovie, variables: { movieId } }),
        );
        refreshSoon(client, session.userId);
      } catch (error) {
        undo();
        setHidden([movieId], marks.get(movieId)?.isDismissed ?? false);
        closeToast();
        failed(error);
      }
    },
    async setOnWatchlist(film, isOnWatchlist) {
      if (!session) return;
      const { movieId, title } = film;
      const undo = marks.change(movieId, { isOnWatchlist });
      const closeToast = showToast({
        text: isOnWatchlist ? t`${title} is on your watchlist.` : t`${title} is off your watchlist.`,
        undo: () => void actions.setOnWatchlist(film, !isOnWatchlist),
      });
      try {
        await marks.during<unknown>(
          movieId,
          isOnWatchlist
            ? client.mutate({ mutation: AddToWatchlist, variables: { movieId } })
            : client.mutate({ mutation: RemoveFromWatchlist, variables: { movieId } }),
        );
        refreshSoon(client, session.userId);
      } catch (error) {
        undo();
        closeToast();
        failed(error);
      }
    },
  };
  return actions;
}
