import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent } from 'react';
import { graphql } from '../gql/index.ts';
import { isMadeOfOthers } from './refreshLists.ts';

const RecommendationsChanged = graphql(/* GraphQL */ `
  subscription RecommendationsChanged {
    recommendationsChanged(first: 20) {
      nodes {
        score
        movie {
          movieId
        }
      }
      served {
        modelVersion
        ratingsRevision
      }
    }
  }
`);

interface LiveRecommendations {
  /** The signed-in visitor; null for nobody, for whom nothing is subscribed. */
  userId: number | null;
  /** Called when the visitor's list has become another one, wherever that came from: also from another window, or another model. */
  onChange: () => void;
}

/** Tells of changes of the visitor's own list while the component is shown. */
export function useLiveRecommendations({ userId, onChange }: LiveRecommendations): void {
  const client = useApolloClient();
  const changed = useEffectEvent(onChange);
  useEffect(() => {
    if (userId === null) return;
    let known: string | undefined;
    const subscription = client
      .subscribe({ query: RecommendationsChanged, fetchPolicy: 'no-cache' })
      .subscribe({
        next({ data }) {
          const list = data && JSON.stringify(data.recommendationsChanged);
          if (!list) return;
          // Each connection begins with the list as it is: the first with what may have changed since the page was asked for.
          const { ratingsRevision } = data.recommendationsChanged.served;
          if (known === undefined ? isMadeOfOthers(client, userId, ratingsRevision) : known !== list)
            changed();
          known = list;
        },
        // What ends it for good, such as an account that is gone, the page's own queries tell.
        error: () => undefined,
      });
    return () => subscription.unsubscribe();
  }, [client, userId]);
}
