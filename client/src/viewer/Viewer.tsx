import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { provideCardControls, showAll, toasts } from '../components/index.ts';
import { refreshNow } from '../live/refreshLists.ts';
import { useLiveRecommendations } from '../live/useLiveRecommendations.ts';
import { marks } from '../session/marks.ts';
import { sessionStore, useSession } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { isVisible } from '../state/isVisible.ts';
import { CardControls } from './CardControls.tsx';
import { CarryPicks } from './CarryPicks.tsx';
import { DismissedFilm } from './DismissedFilm.tsx';
import { startMarksLoader, type MarksLoader } from './marksLoader.ts';
import { useCardShortcuts } from './useCardShortcuts.ts';
import { usePendingSender } from './usePendingSender.ts';

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
  useEffect(
    () =>
      isVisible.subscribe(() => {
        if (!isVisible.get()) marks.sendNow();
      }),
    [],
  );
  useLiveRecommendations({
    userId,
    onChange: () => {
      if (userId === null) return;
      refreshNow(client, userId);
      loader.current?.reload();
    },
  });
  usePendingSender();
  useCardShortcuts();
  useShortcuts([{ key: 'u', meaning: t`Undo`, act: () => toasts.undoLatest() }]);
  return userId === null ? null : <CarryPicks key={userId} userId={userId} />;
}
