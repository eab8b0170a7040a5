import type { ApolloClient, ObservableQuery } from '@apollo/client';

/** The fields of a user that follow from ratings and marks. */
const FIELDS = [
  'recommendations',
  'ratings',
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

/** A change is told of by its own answer and over the live connection: both ask once. */
const GATHER_MS = 120;
let planned: ReturnType<typeof setTimeout> | undefined;

/** Asks again for a user's lists, once for all changes that come close together. */
export function refreshSoon(client: ApolloClient, userId: number): void {
  clearTimeout(planned);
  planned = setTimeout(() => void refreshLists(client, userId), GATHER_MS);
}
