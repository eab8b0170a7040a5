import type { ApolloClient, ObservableQuery } from '@apollo/client';

/** The fields of a user that follow from ratings and marks. */
const FIELDS = [
  'recommendations',
  'ratings',
  'ratingsRevision',
  'ratingCount',
  'averageRating',
  'genreProfile',
  'favouriteGenre',
  'highestRating',
  'lowestRating',
  'watchlist',
  'dismissedMovies',
];

/**
 * Asks again for what the page shows of a user's lists and statistics, and forgets what it does not show. Until the answers are there the
 * former ones stay.
 */
export async function refreshLists(
  client: ApolloClient,
  userId: number,
  fields: readonly string[] = FIELDS,
): Promise<void> {
  const id = client.cache.identify({ __typename: 'User', userId });
  if (id === undefined) return;
  const shown = new Set<ObservableQuery>();
  void client.refetchQueries({
    // On a layer that goes again: it only tells which queries read the fields.
    optimistic: true,
    updateCache: (cache) => {
      for (const fieldName of fields) cache.evict({ id, fieldName });
    },
    onQueryUpdated: (query) => {
      shown.add(query);
      return false;
    },
  });
  for (const fieldName of fields) client.cache.evict({ id, fieldName, broadcast: false });
  await Promise.allSettled([...shown].map((query) => query.refetch()));
}

interface MadeOfRatings {
  recommendations: { served?: { ratingsRevision?: string | null } } | null;
  ratingsRevision: string | null;
}

/** True where something that is kept of a user was made of other ratings than those of a revision. */
export function isMadeOfOthers(
  client: ApolloClient,
  userId: number,
  ratingsRevision: string | null | undefined,
): boolean {
  const revisions = new Set<string | null | undefined>();
  client.cache.modify<MadeOfRatings>({
    id: client.cache.identify({ __typename: 'User', userId }) ?? '',
    broadcast: false,
    fields: {
      recommendations(list) {
        if (list && 'served' in list) revisions.add(list.served?.ratingsRevision);
        return list;
      },
      ratingsRevision(revision) {
        revisions.add(revision);
        return revision;
      },
    },
  });
  return [...revisions].some((revision) => revision && revision !== ratingsRevision);
}

/** A change of this window is told of by its own answer and over the live connection: both ask once. */
const GATHER_MS = 120;
let planned: ReturnType<typeof setTimeout> | undefined;
let isUnderWay = false;
let wanted: (() => void) | null = null;

/** Asks again for a user's lists after a change made here, once for all that come close together. */
export function refreshSoon(client: ApolloClient, userId: number): void {
  clearTimeout(planned);
  planned = setTimeout(() => refreshNow(client, userId), GATHER_MS);
}

/**
 * Asks again for a user's lists at once, as when they are told to have changed; what is planned is done with it. One that is under way may
 * have been answered before the change: another one follows it.
 */
export function refreshNow(client: ApolloClient, userId: number): void {
  clearTimeout(planned);
  if (isUnderWay) {
    wanted = () => refreshNow(client, userId);
    return;
  }
  isUnderWay = true;
  void refreshLists(client, userId).finally(() => {
    isUnderWay = false;
    const next = wanted;
    wanted = null;
    next?.();
  });
}
