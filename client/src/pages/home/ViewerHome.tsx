import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { HeroSkeleton, QueryError, RowSkeleton } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { chooseRows, type LikedFilm } from './chooseRows.ts';
import type { FilmItem } from './filmQuery.ts';
import type { Catalogue } from './Home.tsx';
import { HomeRows } from './HomeRows.tsx';
import { Personal } from './Personal.tsx';

const ViewerHomeQuery = graphql(/* GraphQL */ `
  query ViewerHome {
    viewer {
      userId
      ratings(first: 50) {
        edges {
          cursor
          node {
            rating
            movie {
              movieId
              title
              releaseYear
              genres {
                name
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      watchlist(first: 20) {
        edges {
          cursor
          node {
            movieId
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const viewerHomeQuery = pageQuery(ViewerHomeQuery, {});

const LIKED_FROM = 4;

/** Home of somebody who is signed in: all of it follows from the account. */
export function ViewerHome({ catalogue }: { catalogue: Catalogue }) {
  const { t } = useLingui();
  const { data, error, loading, refetch } = useQuery(...viewerHomeQuery);
  const viewer = data?.viewer;
  if (!viewer) {
    if (loading)
      return (
        <>
          <HeroSkeleton />
          <RowSkeleton heading={t`For you`} />
          <RowSkeleton />
        </>
      );
    return (
      <QueryError error={error} onRetry={() => refetch()} title={t`Your recommendations did not load`} />
    );
  }
  const liked = (viewer.ratings?.edges ?? [])
    .filter(({ node }) => node.rating >= LIKED_FROM)
    .map(({ node }) => node.movie);
  return (
    <Known
      // Another person has other rows.
      key={viewer.userId}
      catalogue={catalogue}
      liked={liked}
      hasWatchlist={(viewer.watchlist?.edges.length ?? 0) > 0}
    />
  );
}

interface KnownProps {
  catalogue: Catalogue;
  liked: readonly LikedFilm[];
  hasWatchlist: boolean;
}

function Known({ catalogue: { genres, dataset }, liked, hasWatchlist }: KnownProps) {
  // Chosen once a visit: a rating changes what stands in the rows, not which there are.
  const [rows] = useState(() =>
    chooseRows({ audience: { kind: 'viewer' }, liked, genres, dataset, hasWatchlist }),
  );
  return (
    <Personal
      audience={{ kind: 'viewer' }}
      genres={genres.map(({ name }) => name)}
      isGone={isBehind}
      rows={(above) => <HomeRows rows={rows} above={above} isGone={isBehind} />}
    />
  );
}

/** Rated and dismissed films are in no row. */
function isBehind({ movie }: FilmItem): boolean {
  return typeof movie.viewerRating === 'number' || movie.isDismissed === true;
}
