import { useApolloClient } from '@apollo/client/react';
import { refreshLists } from '../live/refreshLists.ts';
import { useLiveRecommendations } from '../live/useLiveRecommendations.ts';
import { useSession } from '../session/session.ts';

/** Keeps what the page shows of the signed-in visitor as it is now, whichever window changed it. */
export function Viewer() {
  const client = useApolloClient();
  const userId = useSession().session?.userId ?? null;
  useLiveRecommendations({
    userId,
    onChange: () => {
      if (userId !== null) void refreshLists(client, userId);
    },
  });
  return null;
}
