import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { provideCardControls, showAll, toasts } from '../components/index.ts';
import { useOtherWindows } from '../live/otherWindows.ts';
import { refreshLists, refreshNow } from '../live/refreshLists.ts';
import { useLiveRecommendations } from '../live/useLiveRecommendations.ts';
import { useReturn } from '../live/useReturn.ts';
import { marks } from '../session/marks.ts';
import { sessionStore, useSession } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { CardControls } from './CardControls.tsx';
import { CarryPicks } from './CarryPicks.tsx';
import { DismissedFilm } from './DismissedFilm.tsx';
import { startMarksLoader, type MarksLoader } from './marksLoader.ts';
import { useCardShortcuts } from './useCardShortcuts.ts';
import { useLeftMarks } from './useLeftMarks.ts';
import { usePendingSender } from './usePendingSender.ts';

/** The lists of a user that change without a change of the recommendations, of which the live connection tells. */
const MARKED = ['watchlist', 'dismissedMovies'];

/** Keeps what the page shows of the signed-in visitor as it is now, whichever window changed it, and gives cards their controls. */
export function Viewer() {
  const { t } = useLingui();
  const client = useApolloClient();
  const userId = useSession().session?.userId ?? null;
  const loader = useRef<MarksLoader>(undefined);

  useEffect(
    () =>
      provideCardControls(
        (props) => <CardControls {...props} />,
        (movie) => <DismissedFilm movie={movie} />,
      ),
    [],
  );
  useEffect(() => {
    if (userId === null) return;
    const started = startMarksLoader(client, marks, userId);
    loader.current = started;
    // At once, before anything that waits is sent for the next one.
    const unfollow = sessionStore.subscribe(() => {
      if (sessionStore.get().session?.userId !== userId) marks.clear();
    });
    return () => {
      unfollow();
      started.stop();
      loader.current = undefined;
      marks.clear();
      showAll();
    };
  }, [client, userId]);
  useLeftMarks(userId);
  const onChange = () => {
    if (userId === null) return;
    refreshNow(client, userId);
    loader.current?.reload();
  };
  useLiveRecommendations({ userId, onChange });
  useOtherWindows(userId, onChange);
  useReturn(() => {
    if (userId === null) return;
    void refreshLists(client, userId, MARKED);
    loader.current?.reload();
  });
  usePendingSender();
  useCardShortcuts();
  useShortcuts([{ key: 'u', meaning: t`Undo`, act: () => toasts.undoLatest() }]);
  return userId === null ? null : <CarryPicks key={userId} userId={userId} />;
}
