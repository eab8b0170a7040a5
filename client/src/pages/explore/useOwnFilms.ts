import { useApolloClient } from '@apollo/client/react';
import { useEffect, useMemo, useState } from 'react';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { useSession } from '../../session/session.ts';
import { ratingsOf, useTaste } from '../../taste/taste.ts';

const OwnFilmsQuery = graphql(/* GraphQL */ `
  query ExploreOwnFilms($after: String) {
    viewer {
      userId
      ratings(first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            movie {
              movieId
            }
          }
        }
      }
    }
  }
`);

/** Pages of ratings that are read; more than 2,000 rings would cover the map. */
const MOST_PAGES = 20;

const NONE: ReadonlySet<number> = new Set();

/** The films that the visitor has rated, or without an account has picked. */
export function useOwnFilms(): ReadonlySet<number> {
  const client = useApolloClient();
  const { session } = useSession();
  const taste = useTaste();
  const userId = session?.userId;
  const [rated, setRated] = useState<{ userId: number; films: ReadonlySet<number> }>();

  useEffect(() => {
    if (userId === undefined) return;
    let isWanted = true;
    const readPage = async (after: string | null) => {
      const [query, options] = pageQuery(OwnFilmsQuery, { after });
      const { data } = await client.query({ query, ...options, fetchPolicy: 'no-cache' });
      return data?.viewer?.ratings;
    };
    const read = async () => {
      const films = new Set<number>();
      for (let after: string | null = null, page = 0; page < MOST_PAGES; page++) {
        const ratings: Awaited<ReturnType<typeof readPage>> = await readPage(after);
        for (const { node } of ratings?.edges ?? []) films.add(node.movie.movieId);
        if (!isWanted) return;
        after = ratings?.pageInfo.hasNextPage ? (ratings.pageInfo.endCursor ?? null) : null;
        if (after === null) break;
      }
      setRated({ userId, films });
    };
    // The map is of use without the marks.
    read().catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [client, userId]);

  const picked = useMemo(() => new Set(ratingsOf(taste).map(({ movieId }) => movieId)), [taste]);
  if (userId === undefined) return picked;
  return rated?.userId === userId ? rated.films : NONE;
}
